package io.castalia.actors.partition;

import io.castalia.actors.partition.PartitionEvent.EntryAppended;
import org.apache.pekko.util.ByteString;

/** What a partition decides about an append. */
sealed interface AppendDecision {

  /** Nothing is appended. */
  record Refused(AppendResult result) implements AppendDecision {}

  /**
   * All of it was appended before, or is about to be.
   *
   * @param lastOffset it is durable once the high watermark lies beyond this
   * @param result the answer once it is durable
   */
  record Duplicate(long lastOffset, AppendResult result) implements AppendDecision {}

  /**
   * It is to be appended.
   *
   * @param entry the event, without its bulk
   * @param payload the batches as the producer sent them
   * @param result the answer once it is durable
   */
  record Accepted(EntryAppended entry, ByteString payload, AppendResult result)
      implements AppendDecision {}
}
