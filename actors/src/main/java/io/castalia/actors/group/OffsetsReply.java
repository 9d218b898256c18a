package io.castalia.actors.group;

import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;

/**
 * Committed offsets.
 *
 * @param error about the group as a whole; then there are no offsets
 * @param offsets every partition of the query, or all that there are
 */
public record OffsetsReply(Errors error, Map<TopicPartition, Committed> offsets)
    implements GroupReply {
  public OffsetsReply {
    offsets = Map.copyOf(offsets);
  }

  /**
   * What is committed for a partition.
   *
   * @param offset the next record to read; -1 if nothing is committed
   * @param leaderEpoch as committed
   * @param metadata as committed
   */
  public record Committed(Errors error, long offset, OptionalInt leaderEpoch, String metadata) {
    /** Nothing is committed. */
    public static final Committed NOTHING = new Committed(Errors.NONE, -1, OptionalInt.empty(), "");
  }

  public static OffsetsReply refused(Errors error) {
    return new OffsetsReply(error, Map.of());
  }
}
