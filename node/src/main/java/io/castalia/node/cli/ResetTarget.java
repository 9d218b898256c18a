package io.castalia.node.cli;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Option;

/** The options that say where a group is to go on; exactly one of them. */
final class ResetTarget extends Target {
  @Option(
      names = "--shift-by",
      required = true,
      paramLabel = "N",
      description = "By this many records from where the group is; back if negative.")
  private Optional<Long> shift = Optional.empty();

  /**
   * Where to go on in each partition: never before its first record, never beyond its end.
   *
   * @param committed where the group is, by partition; all of them are reset
   * @param since the time asked for, read
   */
  Map<TopicPartition, Long> of(
      Admin admin, Map<TopicPartition, Optional<Long>> committed, Optional<Instant> since)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> starts =
        PartitionEnds.at(admin, committed.keySet(), OffsetSpec.earliest());
    Map<TopicPartition, Long> ends =
        PartitionEnds.at(admin, committed.keySet(), OffsetSpec.latest());
    Map<TopicPartition, Long> found =
        since.isPresent()
            ? PartitionEnds.at(
                admin, committed.keySet(), OffsetSpec.forTimestamp(since.get().toEpochMilli()))
            : Map.of();
    Map<TopicPartition, Long> targets = new TreeMap<>(PartitionEnds.ORDER);
    ends.forEach(
        (partition, end) -> {
          long start = starts.getOrDefault(partition, 0L);
          long wanted =
              since.isPresent()
                  ? orEnd(found.getOrDefault(partition, -1L), end)
                  : wanted(
                      partition, committed.getOrDefault(partition, Optional.empty()), start, end);
          targets.put(partition, Math.max(start, Math.min(wanted, end)));
        });
    return targets;
  }

  private long wanted(TopicPartition partition, Optional<Long> committed, long start, long end) {
    if (shift.isPresent()) {
      return shifted(partition, committed, shift.get());
    }
    if (isLatest()) {
      return end;
    }
    return isEarliest() ? start : offset().orElseThrow();
  }

  private static long orEnd(long found, long end) {
    return found < 0 ? end : found;
  }

  private static long shifted(TopicPartition partition, Optional<Long> committed, long by) {
    long from =
        committed.orElseThrow(
            () ->
                new CommandFailure(
                    "expected an offset to shift, but the group has committed none in partition "
                        + partition));
    return from + by;
  }
}
