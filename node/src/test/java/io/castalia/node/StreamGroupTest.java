package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.castalia.streams.Committer;
import io.castalia.streams.CommitterSettings;
import io.castalia.streams.Consumer;
import io.castalia.streams.Consumer.DrainingControl;
import io.castalia.streams.ConsumerSettings;
import io.castalia.streams.OffsetReset;
import io.castalia.streams.Subscription;
import io.castalia.streams.Subscriptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.pekko.Done;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Streams in consumer groups on a node. */
class StreamGroupTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension static final GroupNode NODE = new GroupNode();

  private final Queue<String> processed = new ConcurrentLinkedQueue<>();

  @Test
  void shouldGoOnWhereTheLastStreamOfTheGroupEnded() throws Exception {
    String topic = NODE.clients().topicWithRecords("streamed");
    DrainingControl<Done> first = run(settings("streamed"), Subscriptions.topics(topic));
    await().atMost(PATIENCE).until(() -> processed.size() == GroupClients.RECORDS);
    join(first.drainAndShutdown());
    assertThat(NODE.clients().committed("streamed"))
        .isEqualTo(NODE.clients().ends(topic, GroupClients.PARTITIONS));

    NODE.clients().produce(topic, 0, "more");
    DrainingControl<Done> second =
        run(settings("streamed"), Subscriptions.topicPattern("strea.*d"));
    await().atMost(PATIENCE).until(() -> processed.size() == GroupClients.RECORDS + 1);
    join(second.drainAndShutdown());

    assertThat(processed).doesNotHaveDuplicates().contains("more");
    assertThat(NODE.clients().committed("streamed"))
        .isEqualTo(NODE.clients().ends(topic, GroupClients.PARTITIONS));
    assertThat(NODE.clients().describe("streamed").members()).isEmpty();
  }

  @Test
  void shouldDrainAPartitionBeforeAnotherMemberReadsOn() throws Exception {
    String topic = NODE.clients().topicWithRecords("drained");
    CompletableFuture<Done> gate = new CompletableFuture<>();
    Set<Integer> begun = ConcurrentHashMap.newKeySet();
    DrainingControl<Done> slow =
        Consumer.committablePartitionedSource(settings("drained"), Subscriptions.topics(topic))
            .flatMapMerge(GroupClients.PARTITIONS, Pair::second)
            .mapAsync(
                GroupClients.RECORDS,
                message -> {
                  begun.add(message.record().partition());
                  return gate.thenApply(
                      open -> {
                        processed.add(message.record().value());
                        return message.committableOffset();
                      });
                })
            .toMat(Committer.sink(CommitterSettings.create()), Consumer::createDrainingControl)
            .run(NODE.system());
    await().atMost(PATIENCE).until(() -> begun.size() == GroupClients.PARTITIONS);

    DrainingControl<Done> quick = run(settings("drained"), Subscriptions.topics(topic));
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                NODE.clients().describe("drained").members().stream()
                    .anyMatch(
                        member ->
                            member.assignment().topicPartitions().size()
                                < member
                                    .targetAssignment()
                                    .orElseThrow()
                                    .topicPartitions()
                                    .size()));
    assertThat(processed).isEmpty();

    gate.complete(Done.getInstance());
    await().atMost(PATIENCE).until(() -> processed.size() >= GroupClients.RECORDS);
    join(slow.drainAndShutdown());
    join(quick.drainAndShutdown());

    assertThat(processed).hasSize(GroupClients.RECORDS).doesNotHaveDuplicates();
    assertThat(NODE.clients().committed("drained"))
        .isEqualTo(NODE.clients().ends(topic, GroupClients.PARTITIONS));
  }

  @Test
  void shouldFailAStreamThatMayBeginNowhere() throws Exception {
    String topic = NODE.clients().topicWithRecords("nowhere");
    CompletionStage<Done> stream =
        Consumer.committableSource(
                settings("nowhere").withOffsetReset(OffsetReset.NONE), Subscriptions.topics(topic))
            .runWith(Sink.ignore(), NODE.system());

    assertThatThrownBy(() -> join(stream))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(NoOffsetForPartitionException.class);
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> NODE.clients().describe("nowhere").members().isEmpty());
  }

  @Test
  void shouldFailTheControlOfAStreamThatFails() throws Exception {
    String topic = NODE.clients().topicWithRecords("failing");
    Consumer.Control control =
        Consumer.committableSource(settings("failing"), Subscriptions.topics(topic))
            .map(
                message -> {
                  if (message.record().value().equals("2/20")) {
                    throw new IllegalStateException("poisoned");
                  }
                  return message.committableOffset();
                })
            .toMat(Committer.sink(CommitterSettings.create().withMaxBatch(1)), Keep.left())
            .run(NODE.system());

    assertThatThrownBy(() -> join(control.isShutdown()))
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("poisoned");
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> NODE.clients().describe("failing").members().isEmpty());
    assertThat(NODE.clients().committed("failing").getOrDefault(new TopicPartition(topic, 2), 0L))
        .isLessThanOrEqualTo(20);
  }

  @Test
  void shouldCommitBeforeItEmitsWhenAtMostOnce() throws Exception {
    String topic = NODE.clients().topicWithRecords("at-most-once");
    List<String> read =
        join(
            Consumer.atMostOnceSource(settings("at-most-once"), Subscriptions.topics(topic))
                .map(
                    record -> {
                      long committed =
                          NODE.clients()
                              .committed("at-most-once")
                              .getOrDefault(new TopicPartition(topic, record.partition()), -1L);
                      return committed > record.offset() ? record.value() : "uncommitted";
                    })
                .take(40)
                .runWith(Sink.seq(), NODE.system()));

    assertThat(read).hasSize(40).doesNotContain("uncommitted").doesNotHaveDuplicates();
  }

  @Test
  void shouldCommitUnderAGroupsNameWithoutBeingAMember() throws Exception {
    String topic = NODE.clients().topicWithRecords("manual");
    TopicPartition partition = new TopicPartition(topic, 3);
    int each = GroupClients.RECORDS / GroupClients.PARTITIONS;

    DrainingControl<Done> first = run(settings("manual"), Subscriptions.assignment(partition));
    await().atMost(PATIENCE).until(() -> processed.size() == each);
    join(first.drainAndShutdown());
    assertThat(NODE.clients().committed("manual")).isEqualTo(Map.of(partition, (long) each));
    NODE.clients().produce(topic, 3, "more");
    DrainingControl<Done> second = run(settings("manual"), Subscriptions.assignment(partition));
    await().atMost(PATIENCE).until(() -> processed.size() == each + 1);
    join(second.drainAndShutdown());
    DrainingControl<Done> third =
        run(settings("manual"), Subscriptions.assignmentWithOffset(partition, each - 1L));
    await().atMost(PATIENCE).until(() -> processed.size() == each + 3);
    join(third.drainAndShutdown());

    assertThat(processed).endsWith("more", "3/" + (each - 1), "more");
  }

  private DrainingControl<Done> run(
      ConsumerSettings<String, String> settings, Subscription subscription) {
    return Consumer.committableSource(settings, subscription)
        .map(
            message -> {
              processed.add(message.record().value());
              return message.committableOffset();
            })
        .toMat(Committer.sink(CommitterSettings.create()), Consumer::createDrainingControl)
        .run(NODE.system());
  }

  private static ConsumerSettings<String, String> settings(String group) {
    return ConsumerSettings.create(
            NODE.system(), new StringDeserializer(), new StringDeserializer())
        .withGroupId(group)
        .withOffsetReset(OffsetReset.EARLIEST);
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().copy().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
