/**
 * Opening a stage, asking, links, deciding, reminding, escalating; what wakes and starts the
 * workflow.
 */
@NullMarked
package dev.daypass.approval;

import org.jspecify.annotations.NullMarked;
