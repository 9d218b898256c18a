package io.castalia.persistence.journal;

import static io.castalia.persistence.journal.NodesContract.apply;
import static io.castalia.persistence.journal.NodesContract.done;
import static io.castalia.persistence.journal.NodesContract.release;
import static io.castalia.persistence.store.StoreFaults.any;
import static io.castalia.persistence.store.StoreOperation.FENCES_OF;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.castalia.persistence.Persistence;
import io.castalia.persistence.store.HeldCall;
import io.castalia.persistence.store.ScriptedLogStore;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.SaveSnapshotFailure;
import org.apache.pekko.persistence.SaveSnapshotSuccess;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotProtocol;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Snapshots of states with events of which it is not known yet whether they are the log's. */
final class UnverifiedSnapshotTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final String log = "log-" + UUID.randomUUID();
  private ActorSystem system;
  private TestKit probe;
  private ScriptedLogStore store;
  private JournalEngine journal;
  private ActorRef snapshots;

  @BeforeEach
  void startSystem() {
    system =
        ActorSystem.create(
            "snapshots",
            ConfigFactory.parseString("castalia.persistence.store = in-memory")
                .withFallback(ConfigFactory.load()));
    probe = new TestKit(system);
    Persistence persistence = Persistence.get(system);
    store = (ScriptedLogStore) persistence.ground().store();
    journal = persistence.journal();
    snapshots =
        org.apache.pekko.persistence.Persistence.get(system)
            .snapshotStoreFor("castalia.persistence.snapshot-store", ConfigFactory.empty());
    done(journal.recover(log));
  }

  @AfterEach
  void stopSystem() {
    TestKit.shutdownActorSystem(system);
  }

  @Test
  void shouldWaitUntilTheEventsOfItsStateMayBeAcknowledged() {
    HeldCall verification = store.faults().hold(any(FENCES_OF));
    done(journal.write(log, List.of(TestNode.draft(1, "a"))));

    save();
    probe.expectNoMessage(Duration.ofMillis(200));
    assertThat(done(store.readSnapshot(log, 0, 1, 0, Long.MAX_VALUE))).isEmpty();
    apply(verification);
    release(verification);

    probe.expectMsgClass(LIMIT, SaveSnapshotSuccess.class);
    assertThat(done(store.readSnapshot(log, 0, 1, 0, Long.MAX_VALUE))).isPresent();
  }

  @Test
  void shouldNotBeWrittenByAFormerOwner() {
    HeldCall verification = store.faults().hold(any(FENCES_OF));
    done(journal.write(log, List.of(TestNode.draft(1, "a"))));
    save();
    done(store.fence(journal.writer(), FenceScope.of(log, journal.epoch(log)), journal.writer()));

    apply(verification);
    release(verification);

    probe.expectMsgClass(LIMIT, SaveSnapshotFailure.class);
    assertThat(done(store.readSnapshot(log, 0, 1, 0, Long.MAX_VALUE))).isEmpty();
  }

  private void save() {
    snapshots.tell(
        new SnapshotProtocol.SaveSnapshot(new SnapshotMetadata(log, 1, 100), "state"),
        probe.getRef());
  }
}
