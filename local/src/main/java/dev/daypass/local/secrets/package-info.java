/** AWS Secrets Manager, as much of it as connectors and the AWS CLI ask for. */
@NullMarked
package dev.daypass.local.secrets;

import org.jspecify.annotations.NullMarked;
