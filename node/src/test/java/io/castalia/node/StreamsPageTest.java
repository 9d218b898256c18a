package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.castalia.api.CastaliaClient;
import io.castalia.api.InboundRecord;
import io.castalia.streams.Consumer.DrainingControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page on streams shows code that is compiled here, and works. */
class StreamsPageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ORDERS = 3;

  @RegisterExtension static final GroupNode NODE = new GroupNode();

  private final StreamExamples examples = new StreamExamples(NODE.system());

  @BeforeAll
  static void publishOrders() throws Exception {
    GroupClients clients = NODE.clients();
    clients
        .admin()
        .createTopics(
            List.of(
                new NewTopic("orders", 2, (short) 1),
                new NewTopic("dead-orders", 1, (short) 1),
                new NewTopic("invoices", 1, (short) 1)))
        .all()
        .get();
    clients.produce("orders", 0, "one");
    clients.produce("orders", 1, "two");
    clients.produce("orders", 1, " ");
  }

  @Test
  void shouldShowWhatIsCompiled() throws IOException {
    String code =
        Snippets.withoutIndents(
            Files.readString(Path.of("src/test/java/io/castalia/node/StreamExamples.java")));

    assertThat(Snippets.of(Path.of("../docs/streams.md")))
        .hasSizeGreaterThan(5)
        .allSatisfy(each -> assertThat(code).contains(each));
  }

  @Test
  void shouldProcessAndCommit() throws Exception {
    DrainingControl<Done> control =
        examples.atLeastOnce(examples.settings().withGroupId("at-least-once"));
    await().atMost(PATIENCE).until(() -> examples.stored().size() == ORDERS);
    join(examples.stop(control));

    assertThat(NODE.clients().committed("at-least-once")).isEqualTo(ends());
  }

  @Test
  void shouldProcessPartitionsByThemselves() throws Exception {
    DrainingControl<Done> control =
        examples.byPartition(examples.settings().withGroupId("by-partition"));
    await().atMost(PATIENCE).until(() -> examples.stored().size() == ORDERS);
    join(examples.stop(control));

    assertThat(NODE.clients().committed("by-partition")).isEqualTo(ends());
  }

  @Test
  void shouldBeginWhereADatabaseSays() throws Exception {
    Map<TopicPartition, Long> offsets = new ConcurrentHashMap<>();
    DrainingControl<Done> control =
        examples.ownOffsets(examples.settings().withGroupId("own-offsets"), offsets);
    await().atMost(PATIENCE).until(() -> examples.stored().size() == ORDERS);
    join(examples.stop(control));

    assertThat(offsets).isEqualTo(ends());
    assertThat(NODE.clients().committed("own-offsets")).isEmpty();
  }

  @Test
  void shouldPublishWhatItMakesOfWhatItReads() throws Exception {
    DrainingControl<Done> control =
        examples.transform(examples.settings().withGroupId("transform"));
    await().atMost(PATIENCE).until(() -> NODE.clients().ends("invoices", 1).containsValue(2L));
    join(examples.stop(control));

    assertThat(NODE.clients().committed("transform")).isEqualTo(ends());
  }

  @Test
  void shouldPutAsideWhatCannotBeProcessed() throws Exception {
    DrainingControl<Done> control =
        examples.deadLetters(examples.settings().withGroupId("dead-letters"));
    await().atMost(PATIENCE).until(() -> NODE.clients().ends("dead-orders", 1).containsValue(1L));
    await().atMost(PATIENCE).until(() -> examples.stored().size() == ORDERS - 1);
    join(examples.stop(control));

    assertThat(NODE.clients().committed("dead-letters")).isEqualTo(ends());
  }

  @Test
  void shouldProcessKeysInOrder() throws Exception {
    DrainingControl<Done> control = examples.byKey(examples.settings().withGroupId("by-key"));
    await().atMost(PATIENCE).until(() -> examples.stored().size() == ORDERS);
    join(examples.stop(control));

    assertThat(NODE.clients().committed("by-key")).isEqualTo(ends());
  }

  @Test
  void shouldStopWhatWouldBeStartedAgain() throws Exception {
    DrainingControl<Done> control =
        examples.restarting(examples.settings().withGroupId("restarting"));
    await().atMost(PATIENCE).until(() -> examples.stored().size() == ORDERS);
    join(examples.stop(control));

    assertThat(NODE.clients().committed("restarting")).isEqualTo(ends());
  }

  @Test
  void shouldCommitFirst() throws Exception {
    DrainingControl<Done> control =
        examples.atMostOnce(examples.settings().withGroupId("at-most-once"));
    await().atMost(PATIENCE).until(() -> examples.stored().size() == ORDERS);
    join(examples.stop(control));

    assertThat(NODE.clients().committed("at-most-once")).isEqualTo(ends());
  }

  @Test
  void shouldPublishAndFetchWithTheClient() throws Exception {
    NODE.clients().admin().createTopics(List.of(new NewTopic("wishes", 1, (short) 1))).all().get();

    assertThat(join(examples.publish()).baseOffset()).isZero();
    CastaliaClient client = CastaliaClient.create(NODE.system(), PATIENCE);
    assertThat(join(examples.fetch(client)).records())
        .singleElement()
        .returns(ByteString.fromString("a book"), InboundRecord::value);
  }

  @Test
  void shouldBeAMemberByMessage() {
    NODE.system().systemActorOf(StreamExamples.Worker.create(), "worker", Props.empty());

    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(NODE.clients().describe("billing").members())
                    .singleElement()
                    .satisfies(
                        member -> assertThat(member.assignment().topicPartitions()).hasSize(2)));
  }

  private static Map<TopicPartition, Long> ends() throws Exception {
    return NODE.clients().ends("orders", 2);
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().copy().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
