package io.castalia.testkit.page;

import static io.castalia.persistence.store.StoreFaults.any;
import static io.castalia.persistence.store.StoreOperation.WRITE_ENTRY;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.streams.Committer;
import io.castalia.streams.CommitterSettings;
import io.castalia.streams.ConsumerMessage.CommittableMessage;
import io.castalia.streams.ConsumerMessage.CommittableOffset;
import io.castalia.streams.ProducerMessage;
import io.castalia.streams.ProducerMessage.Envelope;
import io.castalia.streams.ProducerMessage.Results;
import io.castalia.streams.TestGroup;
import io.castalia.streams.TestPublisher;
import io.castalia.testkit.cluster.SimulatedCluster;
import io.castalia.testkit.workload.Recorder;
import io.castalia.testkit.workload.RecordingProducer;
import io.castalia.testkit.workload.Verdict;
import io.castalia.testkit.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.Test;

/** The page on the testkit shows code that is compiled here, and works. */
class TestkitPageTest {
  private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void shouldShowWhatIsCompiled() throws IOException {
    Path here = Path.of("src/test/java/io/castalia/testkit/page");
    String code =
        withoutIndents(Files.readString(here.resolve("OrdersTest.java")))
            + withoutIndents(Files.readString(here.resolve("TestkitPageTest.java")));
    List<String> snippets =
        SNIPPET
            .matcher(Files.readString(Path.of("../docs/testkit.md")))
            .results()
            .map(MatchResult::group)
            .map(block -> block.replaceAll("```(java)?", ""))
            .map(TestkitPageTest::withoutIndents)
            .toList();

    assertThat(snippets).hasSizeGreaterThan(4).allSatisfy(each -> assertThat(code).contains(each));
  }

  private static String withoutIndents(String code) {
    return code.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  @Test
  void shouldJudgeWhatAWorkloadSaw() {
    try (SimulatedCluster cluster =
        SimulatedCluster.builder().nodes(1).topic("payments", 4).topic("audit", 1).start()) {
      Workload load =
          Workload.on(cluster.clientConfig())
              .topic("payments")
              .producers(2)
              .readers(1)
              .members(2)
              .start();
      load.awaitAcknowledged(100);
      failWrites(cluster);
      load.awaitAcknowledged(100);
      cluster.restore();

      Verdict verdict = load.finish();
      assertThat(verdict.isClean()).as(verdict.toString()).isTrue();

      assertThat(recordOwnClients(cluster.bootstrapServers()).acknowledged()).isEqualTo(1);
    }
  }

  private static void failWrites(SimulatedCluster cluster) {
    cluster.storeFaults(1).failApplied(any(WRITE_ENTRY));
    cluster.storeFaults(1).failNotApplied(any(WRITE_ENTRY));
    cluster.storeFaults().failSometimes(0.1, cluster.random().nextLong());
  }

  private static Verdict recordOwnClients(String bootstrapServers) {
    Recorder recorder = new Recorder();
    Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers);
    try (RecordingProducer<String, String> producer =
        recorder.producer(
            "auditor",
            new KafkaProducer<>(config, new StringSerializer(), new StringSerializer()))) {
      assertThat(producer.send(new ProducerRecord<>("audit", "ada", "paid")))
          .succeedsWithin(Duration.ofSeconds(60));
    }
    return recorder.judge(
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer()), "audit");
  }

  @Test
  void shouldTestAStreamWithoutACluster() {
    ActorSystem<Void> system =
        ActorSystem.create(org.apache.pekko.actor.typed.javadsl.Behaviors.empty(), "streams");
    try {
      TestGroup group = TestGroup.create("billing");
      TestPublisher<String, String> invoices = TestPublisher.create();

      CompletionStage<Done> done =
          Source.from(
                  List.of(
                      group.message("orders", 0, "ada", "book"),
                      group.message("orders", 0, "ada", "lamp")))
              .via(billing(invoices.flow()))
              .runWith(Committer.sink(CommitterSettings.create()), system);
      done.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();

      assertThat(invoices.published())
          .extracting(ProducerRecord::value)
          .containsExactly("bill for book", "bill for lamp");
      assertThat(group.committed()).containsEntry(new TopicPartition("orders", 0), 2L);
    } finally {
      system.terminate();
    }
  }

  static Flow<CommittableMessage<String, String>, CommittableOffset, NotUsed> billing(
      Flow<
              Envelope<String, String, CommittableOffset>,
              Results<String, String, CommittableOffset>,
              NotUsed>
          publish) {
    return Flow.<CommittableMessage<String, String>>create()
        .map(
            order ->
                ProducerMessage.single(
                    new ProducerRecord<>(
                        "invoices", order.record().key(), "bill for " + order.record().value()),
                    order.committableOffset()))
        .via(publish)
        .map(Results::passThrough);
  }
}
