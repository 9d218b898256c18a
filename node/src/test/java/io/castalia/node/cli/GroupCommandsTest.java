package io.castalia.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.node.TestNode;
import io.castalia.streams.Committer;
import io.castalia.streams.CommitterSettings;
import io.castalia.streams.Consumer;
import io.castalia.streams.ConsumerSettings;
import io.castalia.streams.OffsetReset;
import io.castalia.streams.Subscriptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.pekko.stream.javadsl.Keep;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupCommandsTest {
  private TestNode node;
  private Commands commands;

  @BeforeAll
  void startNode(@TempDir Path directory) {
    node =
        TestNode.startInMemory(
            directory, Map.of("castalia.groups.initial-rebalance-delay", "100ms"));
    commands = Commands.bootstrap(node.bootstrap());
  }

  @AfterAll
  void stopNode() {
    node.close();
  }

  @Test
  void shouldGoOnWhereTheGroupIs() {
    publish("lines", "1\n2\n3\n4\n5\n");

    assertThat(consume("lines", "readers", "2").out()).isEqualTo("1\n2\n");
    assertThat(consume("lines", "readers", "2").out()).isEqualTo("3\n4\n");
    assertThat(consume("lines", "others", "5").out()).isEqualTo("1\n2\n3\n4\n5\n");
    assertThat(commands.run("group", "describe", "readers").out())
        .contains("readers  Empty, 0 members, assignor none, coordinator node 1\n")
        .containsPattern("lines +0 +4 +5 +1  -");
    assertThat(commands.run("group", "list").out().lines())
        .contains("readers\tEmpty\tClassic\tconsumer", "others\tEmpty\tClassic\tconsumer");
  }

  @Test
  void shouldResetOffsets() {
    publish("again", "1\n2\n3\n4\n5\n");
    consume("again", "resetting", "5").assertDone();

    assertReset(1, "--to-offset", "1");
    assertThat(consume("again", "resetting", "2").out()).isEqualTo("2\n3\n");
    assertReset(1, "--shift-by", "-2");
    assertReset(5, "--shift-by", "100");
    assertReset(0, "--to-earliest");
    assertReset(5, "--to-latest");
    assertReset(0, "--to-time", "1h");
    assertReset(5, "--to-time", "2999-01-01", "--topic", "again");
    commands.run("group", "reset-offsets", "resetting", "--to-earliest", "--dry-run").assertDone();
    assertThat(commands.run("group", "describe", "resetting").out())
        .containsPattern("again +0 +5 +5 +0");
  }

  @Test
  void shouldGiveOffsetsToAGroupThatIsNotThereYet() {
    publish("later", "1\n2\n3\n");

    commands.run("group", "reset-offsets", "planned", "--to-earliest").assertFailed("--topic");
    commands
        .run("group", "reset-offsets", "planned", "--topic", "later", "--shift-by", "1")
        .assertFailed("committed none in partition later-0");
    commands
        .run("group", "reset-offsets", "planned", "--topic", "later", "--to-offset", "2")
        .assertDone();

    assertThat(consume("later", "planned", "1").out()).isEqualTo("3\n");
  }

  @Test
  void shouldShowMembersAndRefuseToTouchTheirGroup() {
    publish("busy", "1\n");
    try (KafkaConsumer<byte[], byte[]> member = member("working")) {
      member.subscribe(List.of("busy"));
      while (member.poll(Duration.ofMillis(100)).isEmpty()) {
        assertThat(member.groupMetadata().groupId()).isEqualTo("working");
      }
      member.commitSync();

      assertThat(commands.run("group", "describe", "working").out())
          .contains("working  Stable, 1 members, assignor range")
          .containsPattern("busy +0 +1 +1 +0  .+ /127.0.0.1");
      commands.run("group", "delete", "working").assertFailed("group \"working\" has members");
      commands
          .run("group", "reset-offsets", "working", "--to-earliest")
          .assertFailed("group \"working\" has 1 members");
    }
    commands.run("group", "delete", "working").assertDone();
    assertThat(commands.run("group", "list").out()).doesNotContain("working");
  }

  @Test
  void shouldShowServicesAsMembers() {
    publish("served", "1\n2\n");
    StringDeserializer strings = new StringDeserializer();
    Consumer.Control service =
        Consumer.committableSource(
                ConsumerSettings.create(node.system(), strings, strings)
                    .withGroupId("serving")
                    .withClientId("billing")
                    .withOffsetReset(OffsetReset.EARLIEST),
                Subscriptions.topics("served"))
            .map(message -> message.committableOffset())
            .toMat(Committer.sink(CommitterSettings.create().withMaxBatch(1)), Keep.left())
            .run(node.system());

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(commands.run("group", "describe", "serving").out())
                    .contains("serving  Stable, 1 members, assignor uniform")
                    .containsPattern("served +0 +2 +2 +0  billing-[-0-9a-f]+ /127.0.0.1"));
    service.stop().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    assertThat(commands.run("group", "describe", "serving").out())
        .contains("serving  Empty, 0 members");
  }

  @Test
  void shouldFailInOneLineForWhatIsNotThere() {
    commands.run("group", "describe", "nobody").assertFailed("there is no group \"nobody\"");
    commands.run("group", "delete", "nobody").assertFailed("there is no group \"nobody\"");
    commands
        .run("group", "reset-offsets", "nobody", "--to-latest", "--topic", "nowhere")
        .assertFailed("no topic \"nowhere\"");
    commands.run("consume", "nowhere", "--group", "nobody").assertFailed("no topic \"nowhere\"");
  }

  private void assertReset(long expected, String... to) {
    List<String> command = new ArrayList<>(List.of("group", "reset-offsets", "resetting"));
    command.addAll(Arrays.asList(to));
    CommandLineRun run = commands.run(command.toArray(String[]::new));
    run.assertDone();
    assertThat(run.out()).containsPattern("again +0 +\\d+ +" + expected + "\n");
    assertThat(commands.run("group", "describe", "resetting").out())
        .containsPattern("again +0 +" + expected + " ");
  }

  private KafkaConsumer<byte[], byte[]> member(String group) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            node.bootstrap(),
            "group.id",
            group,
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            false),
        bytes,
        bytes);
  }

  private void publish(String topic, String lines) {
    commands.run("topic", "create", topic, "--partitions", "1").assertDone();
    commands.runWithInput(lines, "produce", topic).assertDone();
  }

  private CommandLineRun consume(String topic, String group, String count) {
    return commands.run("consume", topic, "--group", group, "--from-beginning", "--count", count);
  }
}
