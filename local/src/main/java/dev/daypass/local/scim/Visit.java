package dev.daypass.local.scim;

import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import de.captaingoldfish.scim.sdk.server.endpoints.authorize.Authorization;

/** One request, with the directory that it is about. */
final class Visit extends Context {
  private final Directory directory;

  Visit(Authorization authorization, Directory directory) {
    super(authorization);
    this.directory = directory;
  }

  /** The directory that the request in this context is about. */
  static Directory directory(Context context) {
    return ((Visit) context).directory;
  }
}
