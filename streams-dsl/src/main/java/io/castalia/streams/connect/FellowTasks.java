package io.castalia.streams.connect;

import io.castalia.streams.Retry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/**
 * The other tasks that a connector has or has had, from which a task learns how far they had read
 * what it reads now.
 *
 * @param others all but the task itself, those that do not run any more included
 */
record FellowTasks(ActorSystem<?> system, List<RecipientRef<TaskCommand>> others) {
  /** A task that ends or moves just then does not answer, and is asked again. */
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(3);

  /** Longer than a task takes to publish what it had in hand, or to give that up. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  FellowTasks {
    others = List.copyOf(others);
  }

  /**
   * The fellows of a task.
   *
   * @param everTasks how many tasks the connector has had at most
   */
  static FellowTasks of(
      ActorSystem<?> system, TaskDirectory tasks, TaskAssignment assignment, int everTasks) {
    return new FellowTasks(
        system,
        IntStream.range(0, Math.max(everTasks, assignment.tasks()))
            .filter(number -> number != assignment.task())
            .mapToObj(number -> tasks.of(assignment.name(), number))
            .toList());
  }

  /**
   * Where to go on, of each piece that the connector has read. Completes when no fellow can read
   * and publish more for an earlier generation.
   *
   * @param own what the task has read itself
   */
  CompletionStage<Positions> positions(LedgerState own, long generation) {
    CompletionStage<ReadSoFar> all =
        CompletableFuture.completedStage(new ReadSoFar(own.places(), Map.of()));
    List<CompletionStage<ReadSoFar>> asked =
        others.stream().map(each -> places(each, generation, ReadSoFar.NOTHING, "")).toList();
    for (CompletionStage<ReadSoFar> each : asked) {
      all = all.thenCombine(each, ReadSoFar::and);
    }
    return all.thenApply(ReadSoFar::positions);
  }

  private CompletionStage<ReadSoFar> places(
      RecipientRef<TaskCommand> task, long generation, ReadSoFar before, String after) {
    return new Retry(system, PATIENCE)
        .call(() -> ask(task, generation, after))
        .thenCompose(
            part -> {
              ReadSoFar found = before.and(ReadSoFar.of(part));
              return part.last()
                  ? CompletableFuture.completedStage(found)
                  : places(task, generation, found, part.lastPiece());
            });
  }

  private CompletionStage<HandOverReply.Places> ask(
      RecipientRef<TaskCommand> task, long generation, String after) {
    CompletionStage<HandOverReply> reply =
        AskPattern.ask(
            task,
            replyTo -> new TaskCommand.HandOver(generation, after, replyTo),
            ASK_TIMEOUT,
            system.scheduler());
    return reply.handle(
        (answer, failure) -> {
          if (answer instanceof HandOverReply.Places places) {
            return places;
          }
          throw notHandedOver(answer, failure);
        });
  }

  private static RuntimeException notHandedOver(
      @Nullable HandOverReply answer, @Nullable Throwable failure) {
    if (answer instanceof HandOverReply.NotHandedOver refusal) {
      return new IllegalStateException(refusal.why());
    }
    return failure == null || Retry.rootOf(failure) instanceof TimeoutException
        ? Errors.REQUEST_TIMED_OUT.exception("another task of the connector did not answer")
        : new CompletionException(failure);
  }
}
