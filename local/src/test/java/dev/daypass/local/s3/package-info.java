/** S3 as the SDK sees it. */
@NullMarked
package dev.daypass.local.s3;

import org.jspecify.annotations.NullMarked;
