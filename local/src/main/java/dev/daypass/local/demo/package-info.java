/**
 * The demonstration: the main job from start to end, told to somebody who sees it for the first
 * time.
 */
@NullMarked
package dev.daypass.local.demo;

import org.jspecify.annotations.NullMarked;
