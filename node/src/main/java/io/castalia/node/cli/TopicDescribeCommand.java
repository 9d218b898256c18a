package io.castalia.node.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "describe",
    description = "Show topics: their configuration, and each partition's leader and offsets.")
final class TopicDescribeCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  @Parameters(arity = "1..*", paramLabel = "TOPIC", description = "The topics' names.")
  private List<String> topics = List.of();

  TopicDescribeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws ExecutionException, InterruptedException {
    try (Admin admin = bootstrap.admin()) {
      for (TopicDescription topic : described(admin).values()) {
        console
            .out()
            .printf(
                "%s  id %s, %d partitions%s%n",
                topic.name(), topic.topicId(), topic.partitions().size(), configs(admin, topic));
        printPartitions(admin, topic);
      }
    }
    console.out().flush();
    return ExitCode.OK;
  }

  private Map<String, TopicDescription> described(Admin admin)
      throws ExecutionException, InterruptedException {
    return UnknownTopic.orResult(admin.describeTopics(topics).allTopicNames(), topics);
  }

  private void printPartitions(Admin admin, TopicDescription topic)
      throws ExecutionException, InterruptedException {
    ListOffsetsResult starts = admin.listOffsets(all(topic, OffsetSpec.earliest()));
    ListOffsetsResult ends = admin.listOffsets(all(topic, OffsetSpec.latest()));
    console.out().printf("  %9s %8s %12s %12s%n", "partition", "leader", "start", "end");
    for (TopicPartitionInfo partition : topic.partitions()) {
      TopicPartition id = new TopicPartition(topic.name(), partition.partition());
      console
          .out()
          .printf(
              "  %9d %8s %12d %12d%n",
              partition.partition(),
              partition.leader() == null ? "none" : partition.leader().idString(),
              starts.partitionResult(id).get().offset(),
              ends.partitionResult(id).get().offset());
    }
  }

  private static Map<TopicPartition, OffsetSpec> all(TopicDescription topic, OffsetSpec which) {
    return topic.partitions().stream()
        .map(partition -> new TopicPartition(topic.name(), partition.partition()))
        .collect(Collectors.toMap(Function.identity(), any -> which));
  }

  private static String configs(Admin admin, TopicDescription topic)
      throws ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    return admin.describeConfigs(List.of(resource)).all().get().values().stream()
        .flatMap(config -> config.entries().stream())
        .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
        .map(entry -> ", " + entry.name() + "=" + entry.value())
        .sorted()
        .collect(Collectors.joining());
  }
}
