package io.castalia.node.kafka.group;

import io.castalia.actors.group.Groups;
import io.castalia.actors.topic.Topics;
import io.castalia.node.kafka.RequestHandler;
import io.castalia.node.kafka.admin.ClusterView;
import java.util.List;

/** All handlers of this package. */
public final class GroupHandlers {
  private GroupHandlers() {}

  /** Makes the handlers of one node. */
  public static List<RequestHandler<?>> all(Groups groups, Topics topics, ClusterView cluster) {
    CoordinatorNodes coordinators = new CoordinatorNodes(cluster);
    TopicNames names = new TopicNames(topics);
    return List.of(
        new FindCoordinatorHandler(coordinators),
        new JoinGroupHandler(groups),
        new SyncGroupHandler(groups),
        new HeartbeatHandler(groups),
        new LeaveGroupHandler(groups),
        new ConsumerGroupHeartbeatHandler(groups),
        new OffsetCommitHandler(groups, names),
        new OffsetFetchHandler(groups, names),
        new OffsetDeleteHandler(groups, names),
        new ListGroupsHandler(groups, coordinators),
        new DescribeGroupsHandler(groups),
        new ConsumerGroupDescribeHandler(groups, names),
        new DeleteGroupsHandler(groups));
  }
}
