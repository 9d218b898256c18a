package io.castalia.actors.group;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.common.TopicPartition;

/**
 * A request to commit offsets.
 *
 * @param member {@link MemberIdentity#NONE} for a client that is no member
 * @param generation -1 for a client that is no member
 * @param retention how long to keep the offsets, where the request says (versions 2 to 4); without,
 *     by the broker's rule
 */
public record CommitRequest(
    String groupId,
    MemberIdentity member,
    int generation,
    Optional<Duration> retention,
    Map<TopicPartition, OffsetToCommit> offsets)
    implements GroupRequest {
  public CommitRequest {
    offsets = Map.copyOf(offsets);
  }

  /**
   * A position.
   *
   * @param offset the next record to read
   * @param leaderEpoch of the last record read, if known
   * @param metadata given back as it came; may be empty
   */
  public record OffsetToCommit(long offset, OptionalInt leaderEpoch, String metadata) {}
}
