package io.castalia.streams.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.castalia.api.CastaliaClient;
import io.castalia.api.OutboundRecord;
import io.castalia.streams.FakeBroker;
import io.castalia.streams.Retry;
import io.castalia.streams.connect.SourceBatch.Part;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A task has read what its topic does not take, and the pieces of a connector are dealt anew. */
class HeldPiecesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ActorTestKit testKit =
      ActorTestKit.create(
          ConfigFactory.parseString(
                  "pekko.persistence.journal.plugin = pekko.persistence.journal.inmem")
              .withFallback(ConfigFactory.load()));
  private final FakeBroker broker = new FakeBroker(testKit);
  private final LedgerPublisher publisher =
      new LedgerPublisher(
          CastaliaClient.create(testKit.system(), PATIENCE), new Retry(testKit.system(), PATIENCE));
  private final ActorRef<LedgerCommand> former =
      testKit.spawn(SourceLedger.create("former", publisher));
  private final ActorRef<LedgerCommand> own = testKit.spawn(SourceLedger.create("own", publisher));

  @AfterEach
  void stop() {
    testKit.shutdownTestKit();
  }

  /** Reads one piece, and tells from where. */
  private static final class OnePiece implements SourcePlugin {
    private final String piece;
    final CompletableFuture<String> from = new CompletableFuture<>();

    OnePiece(String piece) {
      this.piece = piece;
    }

    @Override
    public String type() {
      return "one-piece";
    }

    @Override
    public String description() {
      return "one piece";
    }

    @Override
    public List<ConfigKey<?>> keys() {
      return List.of();
    }

    @Override
    public boolean reads(TaskContext task, String other) {
      return piece.equals(other);
    }

    @Override
    public Source<SourceRecord, NotUsed> source(TaskContext task, Map<String, String> positions) {
      from.complete(positions.getOrDefault(piece, "the beginning"));
      return Source.empty();
    }
  }

  private SourceRun run(OnePiece plugin) {
    ActorRef<TaskCommand> fellow =
        testKit.spawn(
            Behaviors.receive(TaskCommand.class)
                .onMessage(
                    TaskCommand.HandOver.class,
                    command -> {
                      TaskRuns.handOver(testKit.system(), former, command);
                      return Behaviors.same();
                    })
                .build());
    ConnectorConfig config = new ConnectorConfig("held", Map.of());
    return new SourceRun(
        plugin,
        new TaskContext(testKit.system(), config, 0, 2, new TaskRemark()),
        new TaskLedger(
            testKit.system(), own, 2, new FellowTasks(testKit.system(), List.of(fellow))),
        publisher);
  }

  private CompletionStage<LedgerReply> send(String topic, Map<String, String> positions) {
    OutboundRecord record = new OutboundRecord(null, ByteString.fromString("x"), 1, List.of());
    SourceBatch batch = new SourceBatch(List.of(new Part(topic, 0, List.of(record))), positions);
    return AskPattern.askWithStatus(
        former,
        replyTo -> new LedgerCommand.Send(1, batch, replyTo),
        PATIENCE,
        testKit.system().scheduler());
  }

  private void readBefore(Errors refusal) throws Exception {
    broker.refuseRecords("refusing", refusal);
    CompletionStage<LedgerReply> opened =
        AskPattern.askWithStatus(
            former,
            replyTo -> new LedgerCommand.Open(1, replyTo),
            PATIENCE,
            testKit.system().scheduler());
    get(opened);
    get(send("taking", Map.of("free", "5")));
    var unused = send("refusing", Map.of("stuck", "10"));
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /**
   * Runs who waits for the stuck piece until it is told this; when the broker takes long to answer,
   * it is told only that there is no answer yet.
   */
  private void awaitStuck(String why) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> get(run(new OnePiece("stuck")).ended()))
                    .hasRootCauseInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(why));
  }

  @ParameterizedTest
  @CsvSource({
    "MESSAGE_TOO_LARGE, RecordTooLargeException: ",
    "UNKNOWN_TOPIC_OR_PARTITION, 'its topic does not take it, so far'"
  })
  void shouldHaveOnlyThoseWaitThatReadThem(Errors refusal, String why) throws Exception {
    readBefore(refusal);
    OnePiece free = new OnePiece("free");

    get(run(free).ended());

    assertThat(get(free.from)).isEqualTo("5");
    awaitStuck(
        "expected what another task had read of \"stuck\" to be published before this one goes"
            + " on, but it is not: "
            + why);
  }

  @Test
  void shouldGoOnWhenTheTopicTakesThem() throws Exception {
    readBefore(Errors.MESSAGE_TOO_LARGE);
    awaitStuck("RecordTooLargeException");
    broker.refuseRecords("refusing", Errors.NONE);
    OnePiece stuck = new OnePiece("stuck");

    get(run(stuck).ended());

    assertThat(get(stuck.from)).isEqualTo("10");
    await().atMost(PATIENCE).until(() -> broker.published("refusing").size() == 1);
  }
}
