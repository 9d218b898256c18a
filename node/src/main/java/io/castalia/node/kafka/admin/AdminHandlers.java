package io.castalia.node.kafka.admin;

import io.castalia.actors.partition.Partitions;
import io.castalia.actors.topic.Topics;
import io.castalia.node.kafka.RequestHandler;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** All handlers of this package. */
public final class AdminHandlers {
  /**
   * The name by which a node tells what its clients ask of partitions: an average of bytes per
   * second, or what costs as much.
   */
  public static final String LOAD = "castalia.load";

  private AdminHandlers() {}

  /**
   * Makes the handlers.
   *
   * @param nodeFacts what this node's own configuration says, by Kafka's names (such as {@code
   *     node.id} and {@code advertised.listeners}), and what it knows of itself; shown read-only to
   *     clients that ask for it
   * @param logDir what clients are told to be the log directory: a name for the store
   */
  public static List<RequestHandler<?>> all(
      Topics topics,
      Partitions partitions,
      ClusterView cluster,
      Supplier<Map<String, String>> nodeFacts,
      String logDir) {
    return List.of(
        new MetadataHandler(topics, partitions, cluster),
        new CreateTopicsHandler(topics, cluster),
        new DeleteTopicsHandler(topics),
        new CreatePartitionsHandler(topics, cluster),
        new DescribeConfigsHandler(topics, cluster, nodeFacts),
        new IncrementalAlterConfigsHandler(topics),
        new AlterConfigsHandler(topics),
        new DescribeClusterHandler(cluster),
        new DescribeTopicPartitionsHandler(topics, partitions, cluster),
        new DescribeLogDirsHandler(topics, partitions, cluster, logDir),
        new ListConfigResourcesHandler(topics, cluster),
        new ListPartitionReassignmentsHandler(),
        new AlterPartitionReassignmentsHandler(topics),
        new ElectLeadersHandler(topics),
        new DescribeAclsHandler());
  }
}
