package io.castalia.testkit.history;

import io.castalia.testkit.history.HistoryEvent.Acknowledged;
import io.castalia.testkit.history.HistoryEvent.Sent;
import io.castalia.testkit.history.LogContent.StoredRecord;
import io.castalia.testkit.history.Violation.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What producers were promised: nothing acknowledged is lost, moved, changed or put before its
 * cause.
 */
final class ProducerRules {

  private final ContentRules stored;
  private final Map<RecordId, Sent> sent = new HashMap<>();
  private final Map<Long, RecordId> acknowledgedAt = new HashMap<>();
  private long highestAcknowledged = -1;

  ProducerRules(ContentRules stored) {
    this.stored = stored;
  }

  void check(List<HistoryEvent> events) {
    for (HistoryEvent event : events) {
      if (event instanceof Sent send) {
        sent.put(send.id(), send);
        checkCause(send);
      } else if (event instanceof Acknowledged acknowledged) {
        checkOnlyOne(acknowledged);
        checkAcknowledged(acknowledged);
        highestAcknowledged = Math.max(highestAcknowledged, acknowledged.offset());
      }
    }
    stored.records().forEach(this::checkOrigin);
  }

  private void checkCause(Sent send) {
    StoredRecord found = stored.of(send.id());
    if (found != null && found.offset() <= highestAcknowledged) {
      stored.report(
          Kind.BEFORE_ITS_CAUSE,
          send.id()
              + " is at "
              + found.offset()
              + ", but was sent when "
              + highestAcknowledged
              + " had been acknowledged");
    }
  }

  private void checkOnlyOne(Acknowledged acknowledged) {
    long offset = acknowledged.offset();
    RecordId other =
        offset == Acknowledged.UNKNOWN_OFFSET
            ? null
            : acknowledgedAt.putIfAbsent(offset, acknowledged.id());
    if (other != null && !other.equals(acknowledged.id())) {
      stored.report(
          Kind.TWO_OWNERS,
          "offset " + offset + " was acknowledged for " + other + " and " + acknowledged.id());
    }
  }

  private void checkAcknowledged(Acknowledged acknowledged) {
    StoredRecord found = stored.of(acknowledged.id());
    boolean offsetKnown = acknowledged.offset() != Acknowledged.UNKNOWN_OFFSET;
    if (found == null) {
      if (!offsetKnown || !stored.isDeleted(acknowledged.offset())) {
        stored.report(
            Kind.LOST, acknowledged.id() + ", acknowledged at offset " + acknowledged.offset());
      }
    } else if (offsetKnown && found.offset() != acknowledged.offset()) {
      stored.report(
          Kind.MOVED,
          acknowledged.id()
              + ", acknowledged at offset "
              + acknowledged.offset()
              + ", is at "
              + found.offset());
    }
  }

  private void checkOrigin(StoredRecord found) {
    Sent origin = sent.get(found.id());
    if (origin == null) {
      stored.report(Kind.UNKNOWN, found.id() + " at " + found.offset() + " was not sent here");
    } else if (origin.digest() != found.digest()) {
      stored.report(Kind.CHANGED, found.id() + " at " + found.offset() + " is not what was sent");
    }
  }
}
