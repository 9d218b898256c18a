package io.castalia.actors.partition;

import io.castalia.persistence.LongWaits.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent.ClusterDomainEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.ClusterEvent.UnreachableMember;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/**
 * What this node has asked partitions and has not been answered. What was on its way to a node that
 * dies is lost without a word, and whoever asked would wait in vain for as long as a slow write may
 * take. So some time after a node has gone, what was asked before and is still open is given up:
 * its outcome is not known. Nobody knows where a question went, but those to other nodes have been
 * answered by then. Thread-safe.
 */
final class OpenQuestions {
  private final Set<Question> open = ConcurrentHashMap.newKeySet();

  /** Equal to itself alone. */
  private static final class Question {
    private final Optional<PartitionId> partition;
    private final CompletableFuture<?> answer;
    private final long since = System.nanoTime();

    private Question(Optional<PartitionId> partition, CompletableFuture<?> answer) {
      this.partition = partition;
      this.answer = answer;
    }
  }

  /**
   * Remembers a question until there is an answer, or it is completed with a timeout here.
   *
   * @param partition who should answer soon; none if it is all right that this takes its time
   */
  <R> CompletableFuture<R> add(Optional<PartitionId> partition, CompletableFuture<R> answer) {
    Question question = new Question(partition, answer);
    open.add(question);
    var unused = answer.whenComplete((result, failure) -> open.remove(question));
    return answer;
  }

  /**
   * Who has not answered yet, and since when by {@link System#nanoTime}.
   *
   * @param state what is known of a partition
   */
  Stream<Wait> unanswered(Function<PartitionId, String> state) {
    return open.stream()
        .flatMap(
            question ->
                question.partition.stream()
                    .map(id -> new Wait(id.entityId(), state.apply(id), question.since)));
  }

  /**
   * Gives questions up when nodes are lost.
   *
   * @param patience how long after that; nodes that live answer in less
   */
  Behavior<ClusterDomainEvent> watch(Duration patience) {
    return Behaviors.setup(
        context -> {
          Cluster cluster = Cluster.get(context.getSystem());
          cluster
              .subscriptions()
              .tell(Subscribe.create(context.getSelf().narrow(), MemberRemoved.class));
          cluster
              .subscriptions()
              .tell(Subscribe.create(context.getSelf().narrow(), UnreachableMember.class));
          return Behaviors.receive(ClusterDomainEvent.class)
              .onMessage(MemberRemoved.class, removed -> gone(context, patience, removed.member()))
              .onMessage(UnreachableMember.class, lost -> gone(context, patience, lost.member()))
              .build();
        });
  }

  private Behavior<ClusterDomainEvent> gone(
      ActorContext<?> context, Duration patience, Member member) {
    context
        .getSystem()
        .scheduler()
        .scheduleOnce(
            patience,
            givingUp("node " + member.address() + " has gone"),
            context.getExecutionContext());
    return Behaviors.same();
  }

  /** What gives up, when it is run, those questions that are open now. */
  Runnable givingUp(String why) {
    List<Question> asked = List.copyOf(open);
    return () ->
        asked.forEach(question -> question.answer.completeExceptionally(new TimeoutException(why)));
  }
}
