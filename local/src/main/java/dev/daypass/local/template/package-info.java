/**
 * Reads {@code template.yaml} (AWS SAM): what it names, and what its references resolve to here.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy.html">SAM
 *     template anatomy</a>
 */
@NullMarked
package dev.daypass.local.template;

import org.jspecify.annotations.NullMarked;
