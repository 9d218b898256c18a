package io.castalia.streams;

import io.castalia.api.group.CommitResult;
import io.castalia.api.group.MemberCommand;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * The commits of a stream, which its member of the group makes: those that the stream wants, and
 * the last one of each lease. Part of {@link StreamMember}, which is told of every answer.
 */
final class LeaseCommits {
  /** Beyond what the member takes to give up a commit. */
  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  private final ActorContext<StreamCommand> context;
  private final ActorRef<MemberCommand> member;
  private final Leases leases;

  LeaseCommits(ActorContext<StreamCommand> context, ActorRef<MemberCommand> member, Leases leases) {
    this.context = context;
    this.member = member;
    this.leases = leases;
  }

  /** Commits for the leases that the stream still has. */
  void commit(StreamCommand.Commit commit) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    commit
        .offsets()
        .forEach(
            (lease, offset) -> {
              if (leases.isHeld(lease)) {
                offsets.put(lease.partition(), lease.latest(offset));
              }
            });
    if (offsets.isEmpty()) {
      onCommitted(new StreamCommand.Committed(commit, Map.of()));
    } else {
      ask(offsets, result -> new StreamCommand.Committed(commit, result));
    }
  }

  /** Tells who wanted a commit what became of it. */
  void onCommitted(StreamCommand.Committed committed) {
    StreamCommand.Commit commit = committed.commit();
    commit
        .offsets()
        .forEach(
            (lease, offset) -> {
              if (committed.result().get(lease.partition()) == Errors.NONE) {
                lease.committed(offset);
              }
            });
    commit.done().complete(outcome(commit.offsets(), committed.result()));
  }

  private static Map<PartitionLease, Errors> outcome(
      Map<PartitionLease, OffsetAndMetadata> offsets, Map<TopicPartition, Errors> result) {
    Map<PartitionLease, Errors> outcome = new HashMap<>();
    offsets.forEach(
        (lease, offset) ->
            outcome.put(
                lease, lease.isCommitted(offset.offset()) ? Errors.NONE : errorOf(lease, result)));
    return outcome;
  }

  private static Errors errorOf(PartitionLease lease, Map<TopicPartition, Errors> result) {
    return result.getOrDefault(lease.partition(), LeaseHolder.LOST);
  }

  /** Makes the last commit of a lease. */
  void commitLast(PartitionLease lease, OffsetAndMetadata last) {
    ask(
        Map.of(lease.partition(), last),
        result -> new StreamCommand.Settled(lease, Optional.of(last), errorOf(lease, result)));
  }

  private void ask(
      Map<TopicPartition, OffsetAndMetadata> offsets,
      Function<Map<TopicPartition, Errors>, StreamCommand> then) {
    context.ask(
        CommitResult.class,
        member,
        TIMEOUT,
        replyTo -> new MemberCommand.Commit(offsets, replyTo),
        (result, late) -> then.apply(result == null ? Map.of() : result.partitions()));
  }
}
