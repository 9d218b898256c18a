package io.castalia.bench.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.bench.server.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** kcat as a member of a group: librdkafka's consumer, which the clients of many languages use. */
final class KcatGroupTest {

  private static final int PARTITIONS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

  private String topic = "";
  private Admin admin;

  @BeforeEach
  void open() throws Exception {
    Tool.assumeInstalled("kcat", "-V");
    topic = BROKER.newTopic(PARTITIONS);
    admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, BROKER.bootstrap()));
  }

  @AfterEach
  void close() {
    if (admin != null) {
      admin.close();
    }
  }

  @Test
  void shouldShareLogAndGoOnBehindWhatWasCommitted() throws Exception {
    List<String> log = AccessLog.lines();
    ServerProcess one = member("one");
    ServerProcess two = member("two");
    try {
      // There is no group before the first has asked to join.
      Awaitility.await("both to share")
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(ExecutionException.class)
          .until(this::isShared);
      publish();
      Awaitility.await("all lines").atMost(PATIENCE).until(() -> lines(one, two) == log.size());
    } finally {
      one.stop();
      two.stop();
    }

    List<String> read =
        Stream.concat(one.printed().lines(), two.printed().lines()).sorted().toList();
    assertThat(read).isEqualTo(log.stream().sorted().toList());
    assertThat(one.printed().lines().count()).isBetween(1L, log.size() - 1L);
    assertThat(committed()).isEqualTo(log.size());

    publish();
    ServerProcess next = member("next");
    try {
      Awaitility.await("the new lines").atMost(PATIENCE).until(() -> lines(next) == log.size());
    } finally {
      next.stop();
    }
    assertThat(committed()).isEqualTo(2L * log.size());
  }

  private ServerProcess member(String name) {
    Path output = BROKER.work().resolve(topic + "-" + name + ".out");
    return ServerProcess.start(
        "kcat",
        List.of(
            "kcat",
            "-b",
            BROKER.bootstrap(),
            "-q",
            "-u",
            "-X",
            "auto.offset.reset=earliest",
            "-X",
            "session.timeout.ms=60000",
            "-G",
            topic,
            topic),
        Map.of(),
        output);
  }

  /** Each line to a partition of its own choice: else what goes at once goes to one of them. */
  private void publish() throws Exception {
    Tool.program(
            "kcat",
            "-b",
            BROKER.bootstrap(),
            "-X",
            "sticky.partitioning.linger.ms=0",
            "-t",
            topic,
            "-P",
            "-l",
            AccessLog.file().toString())
        .run();
  }

  private boolean isShared() throws Exception {
    ConsumerGroupDescription group =
        admin.describeConsumerGroups(Set.of(topic)).all().get().values().iterator().next();
    return group.groupState() == GroupState.STABLE
        && group.members().size() == 2
        && group.members().stream()
            .allMatch(member -> member.assignment().topicPartitions().size() == PARTITIONS / 2);
  }

  private static long lines(ServerProcess... members) {
    return Stream.of(members).mapToLong(member -> member.printed().lines().count()).sum();
  }

  private long committed() throws Exception {
    return admin
        .listConsumerGroupOffsets(topic)
        .partitionsToOffsetAndMetadata()
        .get()
        .values()
        .stream()
        .mapToLong(OffsetAndMetadata::offset)
        .sum();
  }
}
