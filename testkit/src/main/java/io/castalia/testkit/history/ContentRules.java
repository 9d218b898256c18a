package io.castalia.testkit.history;

import io.castalia.testkit.history.LogContent.StoredRecord;
import io.castalia.testkit.history.Violation.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds of a log by itself: dense offsets, no record twice, each producer's records in order.
 */
final class ContentRules {

  private final LogContent content;
  private final List<Violation> violations;
  private final Map<Long, StoredRecord> byOffset = new HashMap<>();
  private final Map<RecordId, StoredRecord> byId = new HashMap<>();

  ContentRules(LogContent content, List<Violation> violations) {
    this.content = content;
    this.violations = violations;
  }

  void check() {
    long expected = content.startOffset();
    int epoch = StoredRecord.UNKNOWN_EPOCH;
    Map<String, Long> lastOfProducer = new HashMap<>();
    for (StoredRecord stored : content.records()) {
      expected = checkOffset(stored, expected);
      epoch = checkEpoch(stored, epoch);
      StoredRecord first = byId.putIfAbsent(stored.id(), stored);
      if (first != null) {
        report(
            Kind.DUPLICATED, stored.id() + " is at " + first.offset() + " and " + stored.offset());
      } else {
        checkOrder(stored, lastOfProducer);
      }
    }
    if (expected < content.endOffset()) {
      report(Kind.GAP, "no records from " + expected + " to the end " + content.endOffset());
    }
  }

  private long checkOffset(StoredRecord stored, long expected) {
    StoredRecord other = byOffset.putIfAbsent(stored.offset(), stored);
    if (other != null) {
      report(
          Kind.TWO_VALUES, "offset " + stored.offset() + " has " + other.id() + ", " + stored.id());
    } else if (stored.offset() != expected) {
      report(Kind.GAP, "expected offset " + expected + ", but got " + stored.offset());
    }
    return Math.max(expected, stored.offset() + 1);
  }

  private int checkEpoch(StoredRecord stored, int before) {
    int epoch = stored.leaderEpoch();
    if (epoch != StoredRecord.UNKNOWN_EPOCH && epoch < before) {
      report(
          Kind.TWO_OWNERS,
          "offset " + stored.offset() + " of epoch " + epoch + " is behind one of epoch " + before);
    }
    return Math.max(before, epoch);
  }

  private void checkOrder(StoredRecord stored, Map<String, Long> lastOfProducer) {
    long sequence = stored.id().sequence();
    long last = lastOfProducer.merge(stored.id().producer(), sequence, Math::max);
    if (last > sequence) {
      report(
          Kind.REORDERED,
          stored.id() + " at " + stored.offset() + " is after its successor with sequence " + last);
    }
  }

  @Nullable StoredRecord at(long offset) {
    return byOffset.get(offset);
  }

  @Nullable StoredRecord of(RecordId id) {
    return byId.get(id);
  }

  Iterable<StoredRecord> records() {
    return content.records();
  }

  boolean isDeleted(long offset) {
    return offset < content.startOffset();
  }

  void report(Kind kind, String detail) {
    violations.add(new Violation(kind, "partition \"" + content.partition() + "\": " + detail));
  }
}
