package io.castalia.api.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PublishedEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class JournalActorTest {
  private static final String CONFIG =
      """
      pekko.loglevel = WARNING
      pekko.actor.testkit.typed.single-expect-default = 60s
      castalia.persistence {
        journal.class = "io.castalia.api.internal.journal.FakeJournal"
        snapshot-store.class = "io.castalia.api.internal.journal.FakeSnapshotStore"
      }
      """;
  private static final ActorTestKit KIT =
      ActorTestKit.create(ConfigFactory.parseString(CONFIG).withFallback(ConfigFactory.load()));
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int RARELY = 1_000;

  private final String id = UUID.randomUUID().toString();
  private final FakeLog log = FakeLog.of(id);
  private final TestProbe<String> told = KIT.createTestProbe();
  private final TestProbe<Throwable> failures = KIT.createTestProbe();

  /** Events are words, states are sentences, and a snapshot is due when a sentence ends. */
  private record Sentence(
      String log, int snapshotEvery, boolean keepsEvents, ActorRef<String> owner)
      implements Journaled<String, String> {
    @Override
    public String empty() {
      return "";
    }

    @Override
    public String after(String state, String event) {
      return state + event;
    }

    @Override
    public boolean isSnapshotDue(String state, String event) {
      return event.equals(".");
    }

    @Override
    public void recovered(String state) {
      owner.tell("recovered " + state);
    }

    @Override
    public void persisted(String state) {
      owner.tell("persisted " + state);
    }

    @Override
    public void snapshotTaken(String state) {
      owner.tell("snapshot " + state);
    }
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void shouldTellOfAnEventOnlyWhenItIsDurable() {
    ActorRef<String> journal = open(RARELY, false);
    expect("recovered ");
    CompletableFuture<Done> write = log.hold();

    journal.tell("a");

    told.expectNoMessage();
    write.complete(Done.getInstance());
    expect("persisted a");
    assertThat(log.payloads()).containsExactly("a");
  }

  @Test
  void shouldWriteOneEventAfterTheOther() {
    ActorRef<String> journal = open(RARELY, false);

    journal.tell("a");
    journal.tell("b");
    journal.tell("c");

    expect("recovered ", "persisted a", "persisted ab", "persisted abc");
    assertThat(log.payloads()).containsExactly("a", "b", "c");
  }

  @Test
  void shouldTellNobodyButItsOwner() {
    TestProbe<PublishedEvent> others = KIT.createTestProbe();
    KIT.system()
        .eventStream()
        .tell(new EventStream.Subscribe<>(PublishedEvent.class, others.getRef()));
    ActorRef<String> journal = open(RARELY, false);

    journal.tell("a");

    expect("recovered ", "persisted a");
    others.expectNoMessage();
  }

  @Test
  void shouldRecoverWhatWasWritten() {
    write("a", "b");

    open(RARELY, false);

    expect("recovered ab");
  }

  @Test
  void shouldTakeASnapshotAfterSoManyEvents() {
    ActorRef<String> journal = open(2, false);

    journal.tell("a");
    journal.tell("b");
    journal.tell("c");

    expect("recovered ", "persisted a", "snapshot ab", "persisted ab", "persisted abc");
    assertThat(log.states()).containsExactly("ab");
  }

  @Test
  void shouldTakeASnapshotWhenOneIsDue() {
    ActorRef<String> journal = open(RARELY, false);

    journal.tell("a");
    journal.tell(".");

    expect("recovered ", "persisted a", "snapshot a.", "persisted a.");
    assertThat(log.states()).containsExactly("a.");
  }

  @Test
  void shouldRecoverFromASnapshotAndWhatFollows() {
    write("a", ".", "b");
    log.events().removeIf(event -> event.sequenceNr() <= 2);

    open(RARELY, false);

    expect("recovered a.b");
  }

  @Test
  void shouldDeleteEventsThatSnapshotsCover() {
    ActorRef<String> journal = open(1, false);

    journal.tell("a");
    journal.tell("b");
    journal.tell("c");

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(log.payloads()).containsExactly("b", "c"));
    assertThat(log.states()).endsWith("ab", "abc");
  }

  @Test
  void shouldKeepEventsThatAreOfUse() {
    ActorRef<String> journal = open(1, true);

    journal.tell("a");
    journal.tell("b");
    journal.tell("c");

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(log.states()).containsExactly("ab", "abc"));
    assertThat(log.payloads()).containsExactly("a", "b", "c");
  }

  @Test
  void shouldTellItsOwnerWhyAWriteHasFailed() {
    ActorRef<String> owner = openByOwner();
    expect("recovered ");
    IllegalStateException taken = new IllegalStateException("another node has the log");
    log.fail(taken);

    owner.tell("a");

    assertThat(failures.receiveMessage()).rootCause().isSameAs(taken);
    told.expectNoMessage();
    log.mend();
    open(RARELY, false);
    expect("recovered ");
  }

  @Test
  void shouldTellItsOwnerWhyItHasNotRecovered() {
    IllegalStateException away = new IllegalStateException("the store is away");
    log.fail(away);

    openByOwner();

    assertThat(failures.receiveMessage()).rootCause().isSameAs(away);
    told.expectNoMessage();
  }

  private ActorRef<String> open(int snapshotEvery, boolean keepsEvents) {
    return KIT.spawn(journal(snapshotEvery, keepsEvents));
  }

  private Behavior<String> journal(int snapshotEvery, boolean keepsEvents) {
    return JournalActor.create(new Sentence(id, snapshotEvery, keepsEvents, told.getRef()));
  }

  /** Opens the log, writes and closes it again. */
  private void write(String... events) {
    ActorRef<String> journal = open(RARELY, false);
    for (String event : events) {
      journal.tell(event);
    }
    String all = "persisted " + String.join("", events);
    String last;
    do {
      last = told.receiveMessage();
    } while (!last.equals(all));
    KIT.stop(journal);
  }

  private ActorRef<String> openByOwner() {
    return KIT.spawn(owner(journal(RARELY, false), failures.getRef()));
  }

  /** Passes events on to a journal that is its child. */
  private static Behavior<String> owner(Behavior<String> child, ActorRef<Throwable> failures) {
    return Behaviors.setup(
        context -> {
          ActorRef<String> journal = context.spawnAnonymous(child);
          context.watch(journal);
          return Behaviors.receive(String.class)
              .onAnyMessage(
                  event -> {
                    journal.tell(event);
                    return Behaviors.same();
                  })
              .onSignal(
                  ChildFailed.class,
                  failed -> {
                    failures.tell(failed.getCause());
                    return Behaviors.stopped();
                  })
              .build();
        });
  }

  private void expect(String... messages) {
    for (String message : messages) {
      assertThat(told.receiveMessage()).isEqualTo(message);
    }
  }
}
