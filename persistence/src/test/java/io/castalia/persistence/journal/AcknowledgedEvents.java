package io.castalia.persistence.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What has been acknowledged of one log, by whomever, and whether the log kept it. */
final class AcknowledgedEvents {
  private final String log;
  private final Map<Long, String> events = new TreeMap<>();
  private final NavigableMap<Long, Long> lastByTime = new TreeMap<>();
  private final List<String> conflicts = new ArrayList<>();

  AcknowledgedEvents(String log) {
    this.log = log;
  }

  String log() {
    return log;
  }

  int count() {
    return events.size();
  }

  synchronized void add(long sequence, String text) {
    String other = events.putIfAbsent(sequence, text);
    if (other != null) {
      conflicts.add(
          "%d in '%s' was acknowledged as %s and as %s".formatted(sequence, log, other, text));
    }
  }

  void add(long sequence, String text, long now) {
    add(sequence, text);
    Map.Entry<Long, Long> before = lastByTime.lastEntry();
    lastByTime.put(now, before == null ? sequence : Math.max(sequence, before.getValue()));
  }

  /** An owner has told that the log ends so; it must not have ended later at that time already. */
  void wasRead(long end, long time) {
    Map.Entry<Long, Long> before = lastByTime.floorEntry(time);
    if (before != null && before.getValue() > end) {
      conflicts.add(
          "'%s' was read up to %d, when %d had long been acknowledged"
              .formatted(log, end, before.getValue()));
    }
  }

  /**
   * What is wrong; empty if nothing is.
   *
   * @param contents what the log has, by sequence number
   * @param deletedTo up to where it was deleted
   */
  synchronized List<String> violations(Map<Long, String> contents, long deletedTo) {
    List<String> wrong = new ArrayList<>(conflicts);
    events.forEach(
        (sequence, text) -> {
          String found = contents.get(sequence);
          if (sequence > deletedTo && !text.equals(found)) {
            wrong.add(
                "%d in '%s' was acknowledged as %s and is %s"
                    .formatted(sequence, log, text, found));
          }
        });
    return wrong;
  }
}
