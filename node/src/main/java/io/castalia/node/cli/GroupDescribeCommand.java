package io.castalia.node.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "describe",
    description = "Show groups: state, and each partition's offset, lag, member and host.")
final class GroupDescribeCommand implements Callable<Integer> {
  private static final String ROW = "  %-24s %9s %12s %12s %10s  %s%n";

  private final Console console;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  @Parameters(arity = "1..*", paramLabel = "GROUP", description = "The groups' names.")
  private List<String> groups = List.of();

  GroupDescribeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws ExecutionException, InterruptedException {
    try (Admin admin = bootstrap.admin()) {
      for (String group : groups) {
        describe(admin, group);
      }
    }
    console.out().flush();
    return ExitCode.OK;
  }

  private void describe(Admin admin, String group) throws ExecutionException, InterruptedException {
    ConsumerGroupDescription described =
        UnknownGroup.orResult(admin.describeConsumerGroups(List.of(group)).all(), group)
            .values()
            .iterator()
            .next();
    console
        .out()
        .printf(
            "%s  %s, %d members, assignor %s, coordinator node %s%n",
            group,
            described.groupState(),
            described.members().size(),
            described.partitionAssignor().isEmpty() ? "none" : described.partitionAssignor(),
            described.coordinator().idString());
    printPartitions(admin, described);
    described.members().stream()
        .filter(member -> member.assignment().topicPartitions().isEmpty())
        .forEach(member -> console.out().printf("  no partitions: %s%n", show(member)));
  }

  private void printPartitions(Admin admin, ConsumerGroupDescription group)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group.groupId()).partitionsToOffsetAndMetadata().get();
    Map<TopicPartition, String> owners = owners(group);
    Map<TopicPartition, @Nullable OffsetAndMetadata> rows = new TreeMap<>(PartitionEnds.ORDER);
    owners.keySet().forEach(partition -> rows.put(partition, null));
    rows.putAll(committed);
    if (rows.isEmpty()) {
      return;
    }
    Map<TopicPartition, Long> ends = PartitionEnds.at(admin, rows.keySet(), OffsetSpec.latest());
    console.out().printf(ROW, "topic", "partition", "committed", "end", "lag", "member and host");
    rows.forEach(
        (partition, offset) ->
            print(partition, offset, ends.get(partition), owners.getOrDefault(partition, "-")));
  }

  private void print(
      TopicPartition partition,
      @Nullable OffsetAndMetadata committed,
      @Nullable Long end,
      String owner) {
    console
        .out()
        .printf(
            ROW,
            partition.topic(),
            partition.partition(),
            committed == null ? "-" : committed.offset(),
            end == null ? "-" : end,
            committed == null || end == null ? "-" : Math.max(0, end - committed.offset()),
            owner);
  }

  private static Map<TopicPartition, String> owners(ConsumerGroupDescription group) {
    Map<TopicPartition, String> owners = new HashMap<>();
    for (MemberDescription member : group.members()) {
      member.assignment().topicPartitions().forEach(each -> owners.put(each, show(member)));
    }
    return owners;
  }

  private static String show(MemberDescription member) {
    return member.consumerId() + " " + member.host();
  }
}
