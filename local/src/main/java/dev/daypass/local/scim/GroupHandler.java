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

/** {@code /Groups} over the directory; filtering, sorting and paging are the library's. */
final class GroupHandler extends ResourceHandler<Group> {
  private final Directory directory;

  GroupHandler(Directory directory) {
    this.directory = directory;
  }

  @Override
  public Group createResource(Group group, Context context) {
    return directory.create(group);
  }

  @Override
  public Group getResource(
      String id,
      @Nullable List<SchemaAttribute> attributes,
      @Nullable List<SchemaAttribute> excludedAttributes,
      Context context) {
    return directory.group(id);
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
    var groups = directory.groups();
    return PartialListResponse.<Group>builder()
        .resources(groups)
        .totalResults(groups.size())
        .build();
  }

  @Override
  public Group updateResource(Group group, Context context) {
    return directory.replace(group);
  }

  @Override
  public void deleteResource(String id, Context context) {
    directory.deleteGroup(id);
  }
}
