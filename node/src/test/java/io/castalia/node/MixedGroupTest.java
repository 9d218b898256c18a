package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.streams.Committer;
import io.castalia.streams.CommitterSettings;
import io.castalia.streams.Consumer;
import io.castalia.streams.Consumer.DrainingControl;
import io.castalia.streams.ConsumerSettings;
import io.castalia.streams.OffsetReset;
import io.castalia.streams.Subscriptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.pekko.Done;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Streams and Kafka's consumers of both protocols come to one group and go, under load. */
class MixedGroupTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TOPIC = "mixed-load";
  private static final int PARTITIONS = 6;
  private static final int RECORDS_A_SECOND = 500;
  private static final int AT_ONCE = 100;
  private static final int WORK_MILLIS = 50;

  @RegisterExtension static final GroupNode NODE = new GroupNode();

  private final Queue<String> processed = new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void start() throws Exception {
    NODE.clients()
        .admin()
        .createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
        .all()
        .get();
  }

  @Test
  void shouldProcessEveryRecordOnceWhileMembersComeAndGo() throws Exception {
    RecordLoad load = RecordLoad.start(NODE.system(), TOPIC, PARTITIONS, RECORDS_A_SECOND);

    DrainingControl<Done> first = stream("first");
    awaitMembers(1);
    KafkaWorker consumer = worker("consumer");
    awaitMembers(2);
    DrainingControl<Done> second = partitioned("second");
    awaitMembers(3);
    join(first.drainAndShutdown());
    awaitMembers(2);
    KafkaWorker classic = worker("classic");
    awaitMembers(3);
    DrainingControl<Done> third = stream("third");
    awaitMembers(4);
    consumer.close();
    awaitMembers(3);
    join(second.drainAndShutdown());
    awaitMembers(2);
    classic.close();
    awaitMembers(1);

    int produced = load.stop();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(processed.stream().distinct().count()).isEqualTo(produced));
    join(third.drainAndShutdown());

    assertThat(processed).doesNotHaveDuplicates().hasSize(produced);
    assertThat(NODE.clients().committed(TOPIC)).isEqualTo(NODE.clients().ends(TOPIC, PARTITIONS));
    assertThat(NODE.clients().describe(TOPIC).members()).isEmpty();
  }

  /**
   * Waits until as many members share all partitions, and some records more have been processed.
   */
  private void awaitMembers(int count) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              var members = NODE.clients().describe(TOPIC).members();
              return members.size() == count
                  && members.stream().allMatch(MixedGroupTest::hasSome)
                  && members.stream().mapToInt(each -> partitionsOf(each)).sum() == PARTITIONS;
            });
    int before = processed.size();
    await().atMost(PATIENCE).until(() -> processed.size() > before + RECORDS_A_SECOND / 2);
  }

  private static boolean hasSome(MemberDescription member) {
    return partitionsOf(member) > 0;
  }

  private static int partitionsOf(MemberDescription member) {
    return member.assignment().topicPartitions().size();
  }

  private DrainingControl<Done> stream(String clientId) {
    return Consumer.committableSource(settings(clientId), Subscriptions.topics(TOPIC))
        .mapAsync(AT_ONCE, message -> process(message.record().value(), message))
        .map(message -> message.committableOffset())
        .toMat(Committer.sink(CommitterSettings.create()), Consumer::createDrainingControl)
        .run(NODE.system());
  }

  private DrainingControl<Done> partitioned(String clientId) {
    return Consumer.committablePartitionedSource(settings(clientId), Subscriptions.topics(TOPIC))
        .mapAsyncUnordered(
            PARTITIONS,
            partition ->
                partition
                    .second()
                    .mapAsync(AT_ONCE, message -> process(message.record().value(), message))
                    .map(message -> message.committableOffset())
                    .runWith(Committer.sink(CommitterSettings.create()), NODE.system()))
        .toMat(Sink.ignore(), Consumer::createDrainingControl)
        .run(NODE.system());
  }

  /** Takes a moment, so that there is always something in flight. */
  private <T> CompletionStage<T> process(String value, T message) {
    return CompletableFuture.supplyAsync(
        () -> {
          processed.add(value);
          return message;
        },
        CompletableFuture.delayedExecutor(WORK_MILLIS, TimeUnit.MILLISECONDS));
  }

  private static ConsumerSettings<String, String> settings(String clientId) {
    return ConsumerSettings.create(
            NODE.system(), new StringDeserializer(), new StringDeserializer())
        .withGroupId(TOPIC)
        .withClientId(clientId)
        .withOffsetReset(OffsetReset.EARLIEST);
  }

  private KafkaWorker worker(String protocol) {
    return new KafkaWorker(
        NODE.clients().member(TOPIC, Map.of("group.protocol", protocol)), TOPIC, processed);
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().copy().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
