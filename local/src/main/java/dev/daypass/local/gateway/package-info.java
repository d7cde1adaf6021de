/** The HTTP side of a local run: the server, and the HTTP API as API Gateway runs it. */
@NullMarked
package dev.daypass.local.gateway;

import org.jspecify.annotations.NullMarked;
