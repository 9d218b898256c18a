package io.castalia.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.castalia.persistence.LogEntry;
import io.castalia.persistence.Persistence;
import io.castalia.persistence.ReadQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.DeleteMessagesSuccess;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.typed.internal.ReplicatedEventMetadata;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/**
 * What Pekko Persistence asks of a journal, spoken in its own protocol, and what this journal
 * promises beyond that. Runs on any store.
 */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class JournalContract {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final long MAX = Long.MAX_VALUE;

  private final String writerUuid = UUID.randomUUID().toString();
  private String log = "";
  private ActorSystem system;
  private TestKit probe;
  private ActorRef journal;

  /** Settings that select the store. */
  protected abstract Config config();

  @BeforeAll
  void startSystem() {
    system = ActorSystem.create("journal", config().withFallback(testConfig()));
    journal =
        org.apache.pekko.persistence.Persistence.get(system)
            .journalFor("castalia.persistence.journal", ConfigFactory.empty());
  }

  @AfterAll
  void stopSystem() {
    TestKit.shutdownActorSystem(system);
  }

  @BeforeEach
  void beginALog() {
    log = "log-" + UUID.randomUUID();
    probe = new TestKit(system);
  }

  @Test
  void shouldReplayAllEvents() {
    writeFive();

    assertThat(replay(1, MAX, MAX)).extracting(PersistentRepr::payload).isEqualTo(texts(1, 5));
  }

  @Test
  void shouldReplayFromALowerBound() {
    writeFive();

    assertThat(sequences(replay(3, MAX, MAX))).containsExactly(3L, 4L, 5L);
  }

  @Test
  void shouldReplayUpToAnUpperBound() {
    writeFive();

    assertThat(sequences(replay(1, 3, MAX))).containsExactly(1L, 2L, 3L);
  }

  @Test
  void shouldReplayALimitedNumberOfEvents() {
    writeFive();

    assertThat(sequences(replay(1, MAX, 3))).containsExactly(1L, 2L, 3L);
    assertThat(sequences(replay(2, 4, 2))).containsExactly(2L, 3L);
  }

  @Test
  void shouldReplayASingleEvent() {
    writeFive();

    assertThat(sequences(replay(2, 2, MAX))).containsExactly(2L);
    assertThat(sequences(replay(2, 4, 1))).containsExactly(2L);
  }

  @Test
  void shouldReplayNothingWhereNothingIsAskedFor() {
    writeFive();

    assertThat(replay(1, MAX, 0)).isEmpty();
    assertThat(replay(1, 0, MAX)).isEmpty();
    assertThat(replay(3, 2, MAX)).isEmpty();
  }

  @Test
  void shouldNotReplayDeletedEvents() {
    writeFive();

    deleteTo(3);

    assertThat(sequences(replay(1, MAX, MAX))).containsExactly(4L, 5L);
  }

  @Test
  void shouldReplayNothingAfterDeletionOfMoreThanThereIs() {
    writeFive();

    deleteTo(MAX);

    assertThat(replay(1, MAX, MAX)).isEmpty();
    assertThat(highest()).isEqualTo(5);
  }

  @Test
  void shouldKeepTheHighestSequenceNumberAfterDeletion() {
    writeFive();

    deleteTo(5);
    deleteTo(2);

    assertThat(replay(1, MAX, MAX)).isEmpty();
    assertThat(highest()).isEqualTo(5);
    write(atomic(event(6)));
    assertThat(sequences(replay(1, MAX, MAX))).containsExactly(6L);
  }

  @Test
  void shouldRefuseAReplayThatStartsWithinTheDeletedEvents() {
    writeFive();
    deleteTo(3);

    journal.tell(replayMessages(2, MAX, MAX), probe.getRef());

    var failure = probe.expectMsgClass(LIMIT, JournalProtocol.ReplayMessagesFailure.class);
    assertThat(failure.cause()).hasMessageContaining("recover from a newer one");
  }

  @Test
  void shouldTellTheHighestSequenceNumber() {
    writeFive();

    assertThat(highest()).isEqualTo(5);
  }

  @Test
  void shouldTellZeroForALogWithoutEvents() {
    assertThat(highest()).isZero();
  }

  @Test
  void shouldReplayEventsOfOneWriteTogether() {
    write(atomic(event(1), event(2)), atomic(event(3)), atomic(event(4), event(5)));

    assertThat(sequences(replay(2, 4, MAX))).containsExactly(2L, 3L, 4L);
  }

  @Test
  void shouldKeepWriterAndTimestamp() {
    write(atomic(event(1).withTimestamp(1_234)));

    PersistentRepr replayed = replay(1, 1, MAX).get(0);

    assertThat(replayed.persistenceId()).isEqualTo(log);
    assertThat(replayed.writerUuid()).isEqualTo(writerUuid);
    assertThat(replayed.timestamp()).isEqualTo(1_234);
    assertThat(replayed.sender()).isEqualTo(ActorRef.noSender());
    assertThat(replayed.deleted()).isFalse();
  }

  @Test
  void shouldKeepMetadata() {
    write(atomic(event(1).withMetadata("origin")), atomic(event(2)));

    List<PersistentRepr> replayed = replay(1, MAX, MAX);

    assertThat(replayed.get(0).metadata().get()).isEqualTo("origin");
    assertThat(replayed.get(1).metadata().isEmpty()).isTrue();
  }

  @Test
  void shouldKeepMetadataOfEventsWrittenTogether() {
    Object replication = ReplicatedEventMetadata.instanceForJournalTest();
    write(atomic(event(1).withMetadata(replication), event(2), event(3).withMetadata("origin")));

    assertThat(replay(1, MAX, MAX))
        .extracting(event -> OptionConverters.toJava(event.metadata()))
        .containsExactly(Optional.of(replication), Optional.empty(), Optional.of("origin"));
  }

  @Test
  void shouldSerializeEventsThatNameActors() {
    write(atomic(repr(1, probe.getRef())));

    assertThat(replay(1, 1, MAX).get(0).payload()).isEqualTo(probe.getRef());
  }

  @Test
  void shouldKeepEventsOverARestart() {
    write(atomic(event(1).withMetadata("origin")), atomic(event(2), event(3)));

    stopSystem();
    startSystem();
    probe = new TestKit(system);

    assertThat(highest()).isEqualTo(3);
    List<PersistentRepr> replayed = replay(1, MAX, MAX);
    assertThat(replayed).extracting(PersistentRepr::payload).isEqualTo(texts(1, 3));
    assertThat(replayed.get(0).metadata().get()).isEqualTo("origin");
    write(atomic(event(4)));
  }

  @Test
  void shouldKeepTheManifestOfAnEventAdapter() {
    write(atomic(event(1).withManifest("adapted")));

    assertThat(replay(1, MAX, MAX).get(0).manifest()).isEqualTo("adapted");
  }

  @Test
  void shouldRejectAnEventThatCannotBeSerializedAndGoOn() {
    writeFive();

    journal.tell(
        writeMessages(atomic(event(6)), atomic(repr(7, new Object())), atomic(event(8))),
        probe.getRef());

    probe.expectMsg(LIMIT, JournalProtocol.WriteMessagesSuccessful$.MODULE$);
    assertThat(probe.expectMsgClass(LIMIT, JournalProtocol.WriteMessageSuccess.class))
        .extracting(done -> done.persistent().sequenceNr())
        .isEqualTo(6L);
    assertThat(probe.expectMsgClass(LIMIT, JournalProtocol.WriteMessageRejected.class))
        .extracting(rejected -> rejected.message().sequenceNr())
        .isEqualTo(7L);
    assertThat(probe.expectMsgClass(LIMIT, JournalProtocol.WriteMessageSuccess.class))
        .extracting(done -> done.persistent().sequenceNr())
        .isEqualTo(8L);
    assertThat(sequences(replay(5, MAX, MAX))).containsExactly(5L, 6L, 8L);
  }

  @Test
  void shouldRejectAllOfAWriteOfWhichOneEventCannotBeSerialized() {
    journal.tell(
        writeMessages(atomic(event(1), repr(2, new Object())), atomic(event(3))), probe.getRef());

    probe.expectMsg(LIMIT, JournalProtocol.WriteMessagesSuccessful$.MODULE$);
    probe.expectMsgClass(LIMIT, JournalProtocol.WriteMessageRejected.class);
    probe.expectMsgClass(LIMIT, JournalProtocol.WriteMessageRejected.class);
    probe.expectMsgClass(LIMIT, JournalProtocol.WriteMessageSuccess.class);
    assertThat(sequences(replay(1, MAX, MAX))).containsExactly(3L);
  }

  @Test
  void shouldGoOnAfterARejectionAtTheEnd() {
    journal.tell(writeMessages(atomic(event(1)), atomic(repr(2, new Object()))), probe.getRef());
    probe.expectMsg(LIMIT, JournalProtocol.WriteMessagesSuccessful$.MODULE$);
    probe.expectMsgClass(LIMIT, JournalProtocol.WriteMessageSuccess.class);
    probe.expectMsgClass(LIMIT, JournalProtocol.WriteMessageRejected.class);

    write(atomic(event(3)));

    assertThat(sequences(replay(1, MAX, MAX))).containsExactly(1L, 3L);
  }

  @Test
  void shouldRefuseASequenceNumberThatIsTaken() {
    writeFive();

    journal.tell(writeMessages(atomic(event(4))), probe.getRef());

    probe.expectMsgClass(LIMIT, JournalProtocol.WriteMessagesFailed.class);
    probe.expectMsgClass(LIMIT, JournalProtocol.WriteMessageFailure.class);
    assertThat(sequences(replay(1, MAX, MAX))).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void shouldReplayEntriesWithoutTheirBulkAndReadItByPosition() throws Exception {
    write(atomic(repr(1, entry(0, 9, "first"))), atomic(repr(2, entry(10, 10, "second"))));
    write(atomic(event(3)));
    write(atomic(repr(4, entry(11, 14, "third"))));

    List<PersistentRepr> replayed = replay(1, MAX, MAX);
    List<LogEntry> read =
        Persistence.get(system)
            .reader()
            .read(new ReadQuery(log, epoch(), 5, 15, 1_000))
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);

    assertThat(replayed)
        .extracting(PersistentRepr::payload)
        .containsExactly(entry(0, 9, ""), entry(10, 10, ""), "event-3", entry(11, 14, ""));
    assertThat(read)
        .extracting(each -> each.bulk().utf8String())
        .containsExactly("first", "second", "third");
  }

  @Test
  void shouldRefuseAnEntryThatLeavesAHoleInThePositions() {
    write(atomic(repr(1, entry(0, 9, "first"))));

    journal.tell(writeMessages(atomic(repr(2, entry(11, 12, "second")))), probe.getRef());

    probe.expectMsgClass(LIMIT, JournalProtocol.WriteMessagesFailed.class);
    probe.expectMsgClass(LIMIT, JournalProtocol.WriteMessageFailure.class);
    write(atomic(repr(2, entry(10, 12, "second"))));
  }

  @Test
  void shouldDropWholeSegmentsAndKeepTheEnd() throws Exception {
    for (int i = 0; i < 20; i++) {
      write(atomic(repr(i + 1, entry(i, i, "bulk-" + i))));
    }
    var logs = Persistence.get(system).logs();
    assertThat(logs.segments(log)).hasSizeGreaterThan(3);

    logs.dropBefore(log, 20).toCompletableFuture().get(20, TimeUnit.SECONDS);

    assertThat(logs.segments(log)).hasSize(1);
    assertThat(logs.segments(log).get(0).nextPosition()).isEqualTo(20);
    assertThat(highest()).isEqualTo(20);
    write(atomic(repr(21, entry(20, 20, "more"))));
    assertThat(sequences(replay(21, MAX, MAX))).containsExactly(21L);
  }

  @Test
  void shouldForgetADeletedLog() throws Exception {
    writeFive();

    Persistence.get(system).logs().delete(log).toCompletableFuture().get(20, TimeUnit.SECONDS);

    assertThat(
            Persistence.get(system)
                .ground()
                .store()
                .readManifest(log)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS))
        .isEmpty();
  }

  private int epoch() {
    return Persistence.get(system).logs().epoch(log);
  }

  private void writeFive() {
    write(atomic(event(1)), atomic(event(2)), atomic(event(3)), atomic(event(4), event(5)));
  }

  private void write(AtomicWrite... writes) {
    journal.tell(writeMessages(writes), probe.getRef());
    probe.expectMsg(LIMIT, JournalProtocol.WriteMessagesSuccessful$.MODULE$);
    for (AtomicWrite write : writes) {
      for (int i = 0; i < write.size(); i++) {
        probe.expectMsgClass(LIMIT, JournalProtocol.WriteMessageSuccess.class);
      }
    }
  }

  private JournalProtocol.WriteMessages writeMessages(AtomicWrite... writes) {
    return new JournalProtocol.WriteMessages(
        CollectionConverters.<org.apache.pekko.persistence.PersistentEnvelope>asScala(
                List.of(writes))
            .toSeq(),
        probe.getRef(),
        1);
  }

  private List<PersistentRepr> replay(long from, long to, long max) {
    journal.tell(replayMessages(from, to, max), probe.getRef());
    List<PersistentRepr> replayed = new ArrayList<>();
    Object next = probe.expectMsgClass(LIMIT, Object.class);
    while (next instanceof JournalProtocol.ReplayedMessage message) {
      replayed.add(message.persistent());
      next = probe.expectMsgClass(LIMIT, Object.class);
    }
    assertThat(next).isInstanceOf(JournalProtocol.RecoverySuccess.class);
    return replayed;
  }

  private JournalProtocol.ReplayMessages replayMessages(long from, long to, long max) {
    return new JournalProtocol.ReplayMessages(from, to, max, log, probe.getRef());
  }

  private long highest() {
    journal.tell(replayMessages(1, 0, MAX), probe.getRef());
    return probe.expectMsgClass(LIMIT, JournalProtocol.RecoverySuccess.class).highestSequenceNr();
  }

  private void deleteTo(long sequence) {
    journal.tell(
        new JournalProtocol.DeleteMessagesTo(log, sequence, probe.getRef()), probe.getRef());
    probe.expectMsgClass(LIMIT, DeleteMessagesSuccess.class);
  }

  private PersistentRepr event(long sequence) {
    return repr(sequence, "event-" + sequence);
  }

  private PersistentRepr repr(long sequence, Object payload) {
    return PersistentRepr.apply(payload, sequence, log, "", false, ActorRef.noSender(), writerUuid);
  }

  private static AtomicWrite atomic(PersistentRepr... events) {
    return AtomicWrite.apply(CollectionConverters.<PersistentRepr>asScala(List.of(events)).toSeq());
  }

  private static TestEntry entry(long first, long last, String bulk) {
    return new TestEntry(first, last, ByteString.fromString(bulk));
  }

  private static List<Object> texts(long from, long to) {
    return LongStream.rangeClosed(from, to).<Object>mapToObj(i -> "event-" + i).toList();
  }

  private static List<Long> sequences(List<PersistentRepr> events) {
    return events.stream().map(PersistentRepr::sequenceNr).toList();
  }

  private static Config testConfig() {
    return ConfigFactory.parseString(
            """
            pekko.persistence.journal.plugin = "castalia.persistence.journal"
            pekko.persistence.snapshot-store.plugin = "castalia.persistence.snapshot-store"
            pekko.actor.serializers.test-entry = "%s"
            pekko.actor.serialization-bindings { "%s" = test-entry }
            castalia.persistence.segment-entries = 4
            """
                .formatted(TestEntrySerializer.class.getName(), TestEntry.class.getName()))
        .withFallback(ConfigFactory.load());
  }
}
