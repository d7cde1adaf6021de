package dev.daypass.local.template;

/**
 * Where the stack pretends to be; the pseudo parameters come from it.
 *
 * @param region an AWS region
 * @param account twelve digits
 * @param stack the stack's name, first part of every name that the template leaves open
 */
public record Place(String region, String account, String stack) {
  /** The place of every local run. */
  public static final Place LOCAL = new Place("eu-central-1", "000000000000", "daypass");

  /** The ARN of something in this place: {@code arn("sqs", "queue")}. */
  public String arn(String service, String resource) {
    return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
  }
}
