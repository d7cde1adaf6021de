package dev.daypass.simulation;

import java.util.function.Consumer;

/**
 * A life of one or more requests, as people play it.
 *
 * @param name lower case with dashes
 * @param ends what is true of the world when nothing goes wrong, so that the life is what its name
 *     says: for each request in the order of asking its last status, {@code ENDED EXPIRED}
 * @param script plays it, in strands of its own
 */
record Life(String name, String ends, Consumer<World> script) {}
