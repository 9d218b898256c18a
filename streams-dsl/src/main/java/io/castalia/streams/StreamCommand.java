package io.castalia.streams;

import io.castalia.api.group.MemberEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;

/** What a {@link StreamMember} hears. */
sealed interface StreamCommand extends NoSerializationVerificationNeeded {

  /** See {@link LeaseHolder#commit}. */
  record Commit(
      Map<PartitionLease, OffsetAndMetadata> offsets,
      CompletableFuture<Map<PartitionLease, Errors>> done)
      implements StreamCommand {}

  /** Everything that passed a closed gate has been processed. */
  record Drained(PartitionLease lease) implements StreamCommand {}

  /** No more records are to be emitted. */
  record Stop() implements StreamCommand {}

  /** The source has ended: normally, or with a failure after which nothing will be processed. */
  record SourceEnded(Optional<Throwable> failure) implements StreamCommand {}

  /** Nothing more will be processed. */
  record StreamEnded() implements StreamCommand {}

  /** From the group's member. */
  record Told(MemberEvent event) implements StreamCommand {}

  /** A commit was answered. */
  record Committed(Commit commit, Map<TopicPartition, Errors> result) implements StreamCommand {}

  /** The last commit of a lease was answered, or there was none to make. */
  record Settled(PartitionLease lease, Optional<OffsetAndMetadata> committed, Errors error)
      implements StreamCommand {}

  /** Leases have had their time to drain. */
  record TimeUp(Set<PartitionLease> leases) implements StreamCommand {}
}
