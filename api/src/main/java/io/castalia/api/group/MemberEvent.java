package io.castalia.api.group;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;

/** What a {@link GroupMember} tells its service. */
public sealed interface MemberEvent extends NoSerializationVerificationNeeded {

  /**
   * The service may read these partitions, beside those that it has; no other member reads them.
   *
   * @param partitions with what the group has committed; nothing where it has not
   */
  record Assigned(Map<TopicPartition, Optional<OffsetAndMetadata>> partitions)
      implements MemberEvent {
    public Assigned {
      partitions = Map.copyOf(partitions);
    }
  }

  /**
   * The service is to let go of these partitions: finish what it has begun, commit, and then say
   * {@link MemberCommand.Revoked}. Nobody else gets them before that.
   *
   * @param within after this time the service will be taken out of the group, and loses all
   */
  record Revoking(Set<TopicPartition> partitions, Duration within) implements MemberEvent {
    public Revoking {
      partitions = Set.copyOf(partitions);
    }
  }

  /**
   * The group has given these partitions away, or will: the member was taken for dead. The service
   * must stop reading them, and can no longer commit. The member joins again by itself.
   */
  record Lost(Set<TopicPartition> partitions, Errors error) implements MemberEvent {
    public Lost {
      partitions = Set.copyOf(partitions);
    }
  }

  /**
   * The group refuses the member for good; it has stopped. What it had is lost.
   *
   * @param error Kafka's code
   * @param message what was expected and what came
   */
  record Failed(Errors error, String message) implements MemberEvent {}

  /** The member has left and stopped. */
  record Left() implements MemberEvent {}
}
