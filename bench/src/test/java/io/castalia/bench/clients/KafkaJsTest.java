package io.castalia.bench.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** KafkaJS, a client that shares no line with Kafka's own, as producer and in a group. */
final class KafkaJsTest {

  private static final int PARTITIONS = 4;
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", ".npmrc", "group.mjs");

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

  @Test
  void shouldShareLogBetweenTwoMembersAndCommit() throws Exception {
    Tool.assumeInstalled("node", "--version");
    Tool.assumeInstalled("npm", "--version");
    Path project = install();
    String topic = BROKER.newTopic(PARTITIONS);

    List<Delivery> deliveries =
        Tool.program(
                "node",
                project.resolve("group.mjs").toString(),
                BROKER.bootstrap(),
                topic,
                "kafkajs-" + topic,
                AccessLog.file().toString())
            .run()
            .lines()
            .stream()
            .map(Delivery::of)
            .toList();

    PartitionedLines.assertComplete(
        IntStream.range(0, PARTITIONS).mapToObj(each -> linesOf(deliveries, each)).toList(),
        AccessLog.lines());
    assertThat(partitionsOf(deliveries, "one")).isNotEmpty();
    assertThat(partitionsOf(deliveries, "two"))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(partitionsOf(deliveries, "one"));
    assertThat(committed("kafkajs-" + topic)).isEqualTo(AccessLog.lines().size());
  }

  /** A line that a member was given. */
  private record Delivery(String member, int partition, String line) {
    static Delivery of(String printed) {
      String[] fields = printed.split("\t", 3);
      return new Delivery(fields[0], Integer.parseInt(fields[1]), fields[2]);
    }
  }

  /** A copy of the script's project, with the client that its lock file names. */
  private static Path install() throws IOException, InterruptedException {
    Path project = Files.createDirectories(BROKER.work().resolve("kafkajs"));
    for (String file : FILES) {
      try (InputStream content = KafkaJsTest.class.getResourceAsStream("/kafkajs/" + file)) {
        Files.copy(Objects.requireNonNull(content, file), project.resolve(file));
      }
    }
    Tool.program("npm", "ci", "--ignore-scripts", "--prefix", project.toString()).run();
    return project;
  }

  private static List<String> linesOf(List<Delivery> deliveries, int partition) {
    return deliveries.stream()
        .filter(each -> each.partition() == partition)
        .map(Delivery::line)
        .toList();
  }

  private static Set<Integer> partitionsOf(List<Delivery> deliveries, String member) {
    return deliveries.stream()
        .filter(each -> each.member().equals(member))
        .map(Delivery::partition)
        .collect(Collectors.toSet());
  }

  private static long committed(String group) throws Exception {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, BROKER.bootstrap()))) {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(OffsetAndMetadata::offset)
          .sum();
    }
  }
}
