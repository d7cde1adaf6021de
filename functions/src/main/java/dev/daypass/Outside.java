package dev.daypass;

import dev.daypass.connector.Sleeper;
import dev.daypass.signin.Wire;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * Everything that functions call outside of themselves. What takes long to make is made when it is
 * asked for, so a function pays only for what it uses.
 */
public interface Outside {
  /** The tables. */
  DynamoDbClient dynamo();

  /** The workflow. */
  SfnClient states();

  /** The mail. */
  SesV2Client mail();

  /** The files that people attach. */
  S3Client files();

  /** The secrets of the target systems, of channels, and our own. */
  SecretsManagerClient secrets();

  /** The way to the target systems; follows no redirects. */
  HttpClient targets();

  /** The way to the webhooks of channels; follows no redirects. */
  HttpClient chat();

  /** The way to the provider of sign-in. */
  Wire provider();

  /** How a call to a target or a channel waits before it tries again. */
  Sleeper sleeper();

  /** What such waiting is measured by, and what the date in a target's answer is compared with. */
  InstantSource stopwatch();

  /** Threads for work that is done side by side; closed after use. */
  ExecutorService sideBySide();
}
