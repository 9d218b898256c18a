package io.castalia.api.group;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.ActorRef;

/** What a service says to its {@link GroupMember}, which runs beside it. */
public sealed interface MemberCommand extends NoSerializationVerificationNeeded {

  /**
   * Answers {@link MemberEvent.Revoking}: the service reads these no longer, and has committed what
   * it wanted to, or has said so in commits before this. Then another member may have them.
   */
  record Revoked(Set<TopicPartition> partitions) implements MemberCommand {
    public Revoked {
      partitions = Set.copyOf(partitions);
    }
  }

  /**
   * Commits offsets of partitions that the service has. Commits are made one after the other, those
   * that come meanwhile together.
   *
   * @param offsets the next record to read of each partition
   * @param replyTo gets one answer, when the offsets are durable or will not be
   */
  record Commit(Map<TopicPartition, OffsetAndMetadata> offsets, ActorRef<CommitResult> replyTo)
      implements MemberCommand {
    public Commit {
      offsets = Map.copyOf(offsets);
    }
  }

  /**
   * Leaves the group when the commits before it have been answered; others may have the partitions
   * at once. Answered with {@link MemberEvent.Left}, after which the member stops.
   */
  record Leave() implements MemberCommand {}

  /** What the member tells itself. */
  non-sealed interface Internal extends MemberCommand {}
}
