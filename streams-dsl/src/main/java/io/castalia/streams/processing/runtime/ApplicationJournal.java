package io.castalia.streams.processing.runtime;

import io.castalia.api.internal.journal.JournalActor;
import io.castalia.api.internal.journal.Journaled;
import io.castalia.streams.Retry;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * An application's log. It is opened for one look or one change and closed again, by whoever starts
 * the application or resets it; of two at once one is told to try again.
 */
record ApplicationJournal(
    String log, Consumer<ApplicationRecord> onRecovered, Consumer<ApplicationRecord> onPersisted)
    implements Journaled<ApplicationEvent, ApplicationRecord> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SNAPSHOT_EVERY = 100;

  /** What the one who has opened it hears. */
  private sealed interface Heard {
    record Recovered(ApplicationRecord record) implements Heard {}

    record Persisted(ApplicationRecord record) implements Heard {}
  }

  /**
   * Reads what is known of an application, and writes what happens to it.
   *
   * @param change what happens, by what is known; nothing if nothing is to be written
   * @return what is known then; fails with a retriable exception if the log cannot be had
   */
  static CompletionStage<ApplicationRecord> change(
      ActorSystem<?> system,
      String applicationId,
      Function<ApplicationRecord, Optional<ApplicationEvent>> change) {
    return new Retry(system, PATIENCE)
        .call(
            () -> {
              var done = new CompletableFuture<ApplicationRecord>();
              system.systemActorOf(
                  open("application|" + applicationId, change, done),
                  "processing-record-" + UUID.randomUUID(),
                  Props.empty());
              return done;
            });
  }

  private static Behavior<Heard> open(
      String log,
      Function<ApplicationRecord, Optional<ApplicationEvent>> change,
      CompletableFuture<ApplicationRecord> done) {
    return Behaviors.setup(
        context -> {
          ActorRef<Heard> self = context.getSelf();
          ActorRef<ApplicationEvent> journal =
              context.spawn(
                  JournalActor.create(
                      new ApplicationJournal(
                          log,
                          record -> self.tell(new Heard.Recovered(record)),
                          record -> self.tell(new Heard.Persisted(record)))),
                  "journal");
          context.watch(journal);
          return Behaviors.receive(Heard.class)
              .onMessage(
                  Heard.Recovered.class,
                  recovered -> {
                    Optional<ApplicationEvent> event = change.apply(recovered.record());
                    event.ifPresent(journal::tell);
                    return event.isPresent() ? Behaviors.same() : close(recovered.record(), done);
                  })
              .onMessage(Heard.Persisted.class, persisted -> close(persisted.record(), done))
              .onSignal(Terminated.class, ended -> Behaviors.stopped())
              .onSignal(PostStop.class, stopped -> unknown(log, done))
              .build();
        });
  }

  private static Behavior<Heard> close(
      ApplicationRecord record, CompletableFuture<ApplicationRecord> done) {
    done.complete(record);
    return Behaviors.stopped();
  }

  /** Of no effect where it is known. */
  private static Behavior<Heard> unknown(String log, CompletableFuture<ApplicationRecord> done) {
    done.completeExceptionally(
        Errors.COORDINATOR_NOT_AVAILABLE.exception(
            "expected to read and write \"%s\", but its journal failed".formatted(log)));
    return Behaviors.same();
  }

  @Override
  public ApplicationRecord empty() {
    return ApplicationRecord.NONE;
  }

  @Override
  public ApplicationRecord after(ApplicationRecord record, ApplicationEvent event) {
    return record.after(event);
  }

  @Override
  public int snapshotEvery() {
    return SNAPSHOT_EVERY;
  }

  @Override
  public boolean isSnapshotDue(ApplicationRecord record, ApplicationEvent event) {
    return false;
  }

  @Override
  public boolean keepsEvents() {
    return false;
  }

  @Override
  public void recovered(ApplicationRecord record) {
    onRecovered.accept(record);
  }

  @Override
  public void persisted(ApplicationRecord record) {
    onPersisted.accept(record);
  }
}
