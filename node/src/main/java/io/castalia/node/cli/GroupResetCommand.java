package io.castalia.node.cli;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "reset-offsets",
    description = {
      "Change where a group without members goes on.",
      "A target outside of a partition is moved to its start or end."
    })
final class GroupResetCommand implements Callable<Integer> {
  private static final String ROW = "  %-24s %9s %12s %12s%n";

  private final Console console;
  private final Clock clock;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private Bootstrap bootstrap = new Bootstrap();

  @Parameters(paramLabel = "GROUP", description = "The group's name.")
  private String group = "";

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "Reset this topic; repeatable (default: all in which it has offsets).")
  private List<String> topics = new ArrayList<>();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private ResetTarget target = new ResetTarget();

  @Option(names = "--dry-run", description = "Show what would be done, and do not do it.")
  private boolean dryRun;

  GroupResetCommand(Console console, Clock clock) {
    this.console = console;
    this.clock = clock;
  }

  @Override
  public Integer call() throws ExecutionException, InterruptedException {
    Optional<Instant> since = target.time(clock, spec);
    try (Admin admin = bootstrap.admin()) {
      requireNoMembers(admin);
      Map<TopicPartition, Optional<Long>> committed = committed(admin);
      Map<TopicPartition, Long> targets = target.of(admin, committed, since);
      if (!dryRun) {
        admin.alterConsumerGroupOffsets(group, asOffsets(targets)).all().get();
      }
      print(committed, targets);
    }
    console.out().flush();
    return ExitCode.OK;
  }

  private void requireNoMembers(Admin admin) throws ExecutionException, InterruptedException {
    long members = 0;
    try {
      members =
          admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
              .mapToLong(described -> described.members().size())
              .sum();
    } catch (ExecutionException e) {
      // A group that is not there yet may be given offsets to begin with.
      if (!(e.getCause() instanceof GroupIdNotFoundException)) {
        throw e;
      }
    }
    if (members > 0) {
      throw new CommandFailure(
          "group \"%s\" has %d members; stop them first".formatted(group, members));
    }
  }

  /** Where the group is, in every partition to be reset. */
  private Map<TopicPartition, Optional<Long>> committed(Admin admin)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, Optional<Long>> partitions = new TreeMap<>(PartitionEnds.ORDER);
    if (!topics.isEmpty()) {
      for (TopicDescription topic :
          UnknownTopic.orResult(admin.describeTopics(topics).allTopicNames(), topics).values()) {
        topic
            .partitions()
            .forEach(
                each ->
                    partitions.put(
                        new TopicPartition(topic.name(), each.partition()), Optional.empty()));
      }
    }
    admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get()
        .forEach(
            (partition, offset) -> {
              if (topics.isEmpty() || topics.contains(partition.topic())) {
                partitions.put(partition, Optional.of(offset.offset()));
              }
            });
    if (partitions.isEmpty()) {
      throw new CommandFailure(
          "group \"" + group + "\" has committed no offsets; name the topics with --topic");
    }
    return partitions;
  }

  private static Map<TopicPartition, OffsetAndMetadata> asOffsets(
      Map<TopicPartition, Long> targets) {
    return targets.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, target -> new OffsetAndMetadata(target.getValue())));
  }

  private void print(
      Map<TopicPartition, Optional<Long>> committed, Map<TopicPartition, Long> targets) {
    console.out().printf("%s group \"%s\"%n", dryRun ? "Would reset" : "Reset", group);
    console.out().printf(ROW, "topic", "partition", "from", "to");
    targets.forEach(
        (partition, offset) ->
            console
                .out()
                .printf(
                    ROW,
                    partition.topic(),
                    partition.partition(),
                    committed
                        .getOrDefault(partition, Optional.empty())
                        .map(String::valueOf)
                        .orElse("-"),
                    offset));
  }
}
