package io.castalia.persistence.journal;

import static io.castalia.persistence.journal.JournalDialogue.atomic;
import static io.castalia.persistence.journal.JournalDialogue.sequences;
import static io.castalia.persistence.journal.JournalDialogue.texts;
import static io.castalia.persistence.journal.PluginContract.MAX;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.castalia.persistence.LogEntry;
import io.castalia.persistence.Persistence;
import io.castalia.persistence.ReadQuery;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/**
 * What Pekko Persistence asks of a journal, spoken in its own protocol, and what this journal
 * promises beyond that. Runs on any store.
 */
public abstract class JournalContract extends PluginContract
    implements ReplayContract, EventFieldsContract, RejectionContract {
  @Override
  final Config otherConfig() {
    return testConfig();
  }

  @Override
  final ActorRef pluginOf(org.apache.pekko.persistence.Persistence persistence) {
    return persistence.journalFor("castalia.persistence.journal", ConfigFactory.empty());
  }

  @Override
  public final ActorRef plugin() {
    return plugin;
  }

  @Override
  public final TestKit probe() {
    return probe;
  }

  @Override
  public final String log() {
    return log;
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
  void shouldReplayEntriesWithoutTheirBulkAndReadItByPosition() throws Exception {
    write(atomic(event(1, entry(0, 9, "first"))), atomic(event(2, entry(10, 10, "second"))));
    write(atomic(event(3)));
    write(atomic(event(4, entry(11, 14, "third"))));

    List<PersistentRepr> replayed = replay(1, MAX, MAX);
    List<LogEntry> read =
        Persistence.get(system)
            .reader()
            .read(new ReadQuery(log, epoch(), 5, 15, 1_000))
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS);

    assertThat(replayed)
        .extracting(PersistentRepr::payload)
        .containsExactly(entry(0, 9, ""), entry(10, 10, ""), "event-3", entry(11, 14, ""));
    assertThat(read)
        .extracting(each -> each.bulk().utf8String())
        .containsExactly("first", "second", "third");
  }

  @Test
  void shouldRefuseAnEntryThatLeavesAHoleInThePositions() {
    write(atomic(event(1, entry(0, 9, "first"))));

    tellToWrite(atomic(event(2, entry(11, 12, "second"))));

    expect(JournalProtocol.WriteMessagesFailed.class);
    expect(JournalProtocol.WriteMessageFailure.class);
    write(atomic(event(2, entry(10, 12, "second"))));
  }

  @Test
  void shouldDropWholeSegmentsAndKeepTheEnd() throws Exception {
    for (int i = 0; i < 20; i++) {
      write(atomic(event(i + 1, entry(i, i, "bulk-" + i))));
    }
    var logs = Persistence.get(system).logs();
    assertThat(logs.segments(log)).hasSizeGreaterThan(3);

    logs.dropBefore(log, 20).toCompletableFuture().get(60, TimeUnit.SECONDS);

    assertThat(logs.segments(log)).hasSize(1);
    assertThat(logs.segments(log).get(0).nextPosition()).isEqualTo(20);
    assertThat(highest()).isEqualTo(20);
    write(atomic(event(21, entry(20, 20, "more"))));
    assertThat(sequences(replay(21, MAX, MAX))).containsExactly(21L);
  }

  @Test
  void shouldForgetADeletedLog() throws Exception {
    writeFive();

    Persistence.get(system).logs().delete(log).toCompletableFuture().get(60, TimeUnit.SECONDS);

    assertThat(
            Persistence.get(system)
                .ground()
                .store()
                .readManifest(log)
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS))
        .isEmpty();
  }

  private int epoch() {
    return Persistence.get(system).logs().epoch(log);
  }

  private static TestEntry entry(long first, long last, String bulk) {
    return new TestEntry(first, last, ByteString.fromString(bulk));
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
