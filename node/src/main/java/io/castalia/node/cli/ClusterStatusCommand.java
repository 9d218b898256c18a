package io.castalia.node.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ClassicGroupDescription;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

@Command(
    name = "status",
    description =
        "Show the nodes, how many partitions and groups each of them serves, and its part of the"
            + " load.")
final class ClusterStatusCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  ClusterStatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws ExecutionException, InterruptedException {
    try (Admin admin = bootstrap.admin()) {
      DescribeClusterResult cluster = admin.describeCluster();
      Collection<Node> nodes = cluster.nodes().get();
      Map<Integer, Long> partitions = count(leaders(admin));
      Map<Integer, Long> groups = count(coordinators(admin));
      NodeLoads loads = NodeLoads.of(admin, nodes);
      console
          .out()
          .printf(
              "cluster %s: nodes %d, partitions %d, groups %d%n",
              cluster.clusterId().get(), nodes.size(), sum(partitions), sum(groups));
      console
          .out()
          .printf(
              "  %6s  %-24s %-12s %10s %7s %6s%n",
              "node", "address", "rack", "partitions", "groups", "load");
      nodes.stream()
          .sorted(Comparator.comparingInt(Node::id))
          .forEach(node -> print(node, partitions, groups, loads));
    }
    console.out().flush();
    return ExitCode.OK;
  }

  private void print(
      Node node, Map<Integer, Long> partitions, Map<Integer, Long> groups, NodeLoads loads) {
    console
        .out()
        .printf(
            "  %6d  %-24s %-12s %10d %7d %6s%n",
            node.id(),
            node.host() + ":" + node.port(),
            node.hasRack() ? node.rack() : "-",
            partitions.getOrDefault(node.id(), 0L),
            groups.getOrDefault(node.id(), 0L),
            loads.share(node.id()));
  }

  private static Stream<Node> leaders(Admin admin) throws ExecutionException, InterruptedException {
    Collection<String> topics = admin.listTopics().names().get();
    Collection<TopicDescription> described =
        admin.describeTopics(topics).allTopicNames().get().values();
    return described.stream()
        .flatMap(topic -> topic.partitions().stream())
        .map(TopicPartitionInfo::leader)
        .filter(Objects::nonNull);
  }

  /** Groups of Kafka Connect and the like are described in another way than those of consumers. */
  private static Stream<Node> coordinators(Admin admin)
      throws ExecutionException, InterruptedException {
    Map<Boolean, List<String>> groups =
        admin.listGroups().all().get().stream()
            .collect(
                Collectors.partitioningBy(
                    ClusterStatusCommand::isOfConsumers,
                    Collectors.mapping(GroupListing::groupId, Collectors.toList())));
    Collection<ConsumerGroupDescription> consumers =
        admin.describeConsumerGroups(groups.getOrDefault(true, List.of())).all().get().values();
    Collection<ClassicGroupDescription> others =
        admin.describeClassicGroups(groups.getOrDefault(false, List.of())).all().get().values();
    return Stream.concat(
        consumers.stream().map(ConsumerGroupDescription::coordinator),
        others.stream().map(ClassicGroupDescription::coordinator));
  }

  private static boolean isOfConsumers(GroupListing group) {
    return group.type().filter(GroupType.CONSUMER::equals).isPresent()
        || group.protocol().isEmpty()
        || group.protocol().equals("consumer");
  }

  private static Map<Integer, Long> count(Stream<Node> nodes) {
    return nodes
        .map(Node::id)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private static long sum(Map<Integer, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
