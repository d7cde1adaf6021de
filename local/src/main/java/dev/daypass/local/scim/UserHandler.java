package dev.daypass.local.scim;

import de.captaingoldfish.scim.sdk.common.constants.enums.SortOrder;
import de.captaingoldfish.scim.sdk.common.resources.User;
import de.captaingoldfish.scim.sdk.common.schemas.SchemaAttribute;
import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceHandler;
import de.captaingoldfish.scim.sdk.server.filter.FilterNode;
import de.captaingoldfish.scim.sdk.server.response.PartialListResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /Users} over the directory of the server that is visited; filtering, sorting and paging
 * are the library's.
 */
final class UserHandler extends ResourceHandler<User> {
  @Override
  public User createResource(User user, Context context) {
    return Visit.directory(context).create(user);
  }

  @Override
  public User getResource(
      String id,
      @Nullable List<SchemaAttribute> attributes,
      @Nullable List<SchemaAttribute> excludedAttributes,
      Context context) {
    return Visit.directory(context).user(id);
  }

  @Override
  public PartialListResponse<User> listResources(
      long startIndex,
      int count,
      @Nullable FilterNode filter,
      @Nullable SchemaAttribute sortBy,
      @Nullable SortOrder sortOrder,
      @Nullable List<SchemaAttribute> attributes,
      @Nullable List<SchemaAttribute> excludedAttributes,
      Context context) {
    var users = Visit.directory(context).users();
    return PartialListResponse.<User>builder().resources(users).totalResults(users.size()).build();
  }

  @Override
  public User updateResource(User user, Context context) {
    return Visit.directory(context).replace(user);
  }

  @Override
  public void deleteResource(String id, Context context) {
    Visit.directory(context).deleteUser(id);
  }
}
