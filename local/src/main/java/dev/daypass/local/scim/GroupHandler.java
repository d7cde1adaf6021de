package dev.daypass.local.scim;

import de.captaingoldfish.scim.sdk.common.constants.enums.SortOrder;
import de.captaingoldfish.scim.sdk.common.resources.Group;
import de.captaingoldfish.scim.sdk.common.schemas.SchemaAttribute;
import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceHandler;
import de.captaingoldfish.scim.sdk.server.filter.FilterNode;
import de.captaingoldfish.scim.sdk.server.response.PartialListResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /Groups} over the directory of the server that is visited; filtering, sorting and paging
 * are the library's.
 */
final class GroupHandler extends ResourceHandler<Group> {
  @Override
  public Group createResource(Group group, Context context) {
    return Visit.directory(context).create(group);
  }

  @Override
  public Group getResource(
      String id,
      @Nullable List<SchemaAttribute> attributes,
      @Nullable List<SchemaAttribute> excludedAttributes,
      Context context) {
    return Visit.directory(context).group(id);
  }

  @Override
  public PartialListResponse<Group> listResources(
      long startIndex,
      int count,
      @Nullable FilterNode filter,
      @Nullable SchemaAttribute sortBy,
      @Nullable SortOrder sortOrder,
      @Nullable List<SchemaAttribute> attributes,
      @Nullable List<SchemaAttribute> excludedAttributes,
      Context context) {
    var groups = Visit.directory(context).groups();
    return PartialListResponse.<Group>builder()
        .resources(groups)
        .totalResults(groups.size())
        .build();
  }

  @Override
  public Group updateResource(Group group, Context context) {
    return Visit.directory(context).replace(group);
  }

  @Override
  public void deleteResource(String id, Context context) {
    Visit.directory(context).deleteGroup(id);
  }
}
