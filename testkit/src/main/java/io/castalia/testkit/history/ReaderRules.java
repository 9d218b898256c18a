package io.castalia.testkit.history;

import io.castalia.testkit.history.HistoryEvent.Observed;
import io.castalia.testkit.history.LogContent.StoredRecord;
import io.castalia.testkit.history.Violation.Kind;
import java.util.HashMap;
import java.util.Map;

/**
 * What readers were shown: offsets that follow each other, and nothing that later went away or
 * changed.
 */
final class ReaderRules {

  private final ContentRules stored;
  private final Map<String, Long> nextOffset = new HashMap<>();

  ReaderRules(ContentRules stored) {
    this.stored = stored;
  }

  void check(Observed seen) {
    Long expected = nextOffset.put(seen.reader(), seen.offset() + 1);
    if (expected != null && expected != seen.offset()) {
      stored.report(
          seen.offset() > expected ? Kind.SKIPPED : Kind.WENT_BACK,
          "reader \"" + seen.reader() + "\" got " + seen.offset() + " instead of " + expected);
    }
    if (!stored.isDeleted(seen.offset())) {
      checkStillThere(seen);
    }
  }

  private void checkStillThere(Observed seen) {
    StoredRecord found = stored.at(seen.offset());
    String what = seen.id() + ", seen at " + seen.offset() + " by \"" + seen.reader() + "\"";
    if (found == null) {
      stored.report(Kind.VANISHED, what);
    } else if (!found.id().equals(seen.id())) {
      stored.report(Kind.TWO_VALUES, what + ", is now " + found.id());
    } else if (found.digest() != seen.digest()) {
      stored.report(Kind.CHANGED, what + ", has other bytes now");
    }
  }
}
