/** The part of S3 that keeps and gives back whole files. */
@NullMarked
package dev.daypass.local.s3;

import org.jspecify.annotations.NullMarked;
