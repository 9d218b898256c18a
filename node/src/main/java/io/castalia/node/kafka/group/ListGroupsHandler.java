package io.castalia.node.kafka.group;

import io.castalia.actors.group.Groups;
import io.castalia.actors.group.ListQuery;
import io.castalia.actors.group.ListReply;
import io.castalia.actors.group.ListReply.GroupListing;
import io.castalia.node.kafka.RequestContext;
import io.castalia.node.kafka.RequestHandler;
import java.util.HashSet;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.message.ListGroupsResponseData;
import org.apache.kafka.common.message.ListGroupsResponseData.ListedGroup;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.ListGroupsRequest;
import org.apache.kafka.common.requests.ListGroupsResponse;

/**
 * Lists the groups that clients are sent to this node for. As with Kafka, clients ask every node
 * and put the answers together, and some do not look for a group that came twice.
 */
final class ListGroupsHandler implements RequestHandler<ListGroupsRequest> {
  private final Groups groups;
  private final CoordinatorNodes coordinators;

  ListGroupsHandler(Groups groups, CoordinatorNodes coordinators) {
    this.groups = groups;
    this.coordinators = coordinators;
  }

  @Override
  public ApiKeys key() {
    return ApiKeys.LIST_GROUPS;
  }

  @Override
  public short minVersion() {
    return 0;
  }

  @Override
  public short maxVersion() {
    return 5;
  }

  @Override
  public CompletionStage<ListGroupsResponse> handle(
      RequestContext context, ListGroupsRequest request) {
    ListQuery query =
        new ListQuery(
            new HashSet<>(request.data().statesFilter()),
            new HashSet<>(request.data().typesFilter()));
    return groups.list(query).thenApply(this::respond);
  }

  private ListGroupsResponse respond(ListReply reply) {
    return new ListGroupsResponse(
        new ListGroupsResponseData()
            .setErrorCode(reply.error().code())
            .setGroups(
                reply.groups().stream()
                    .filter(group -> coordinators.isHere(group.groupId()))
                    .map(ListGroupsHandler::show)
                    .toList()));
  }

  private static ListedGroup show(GroupListing group) {
    return new ListedGroup()
        .setGroupId(group.groupId())
        .setProtocolType(group.protocolType())
        .setGroupState(group.state())
        .setGroupType(group.type());
  }
}
