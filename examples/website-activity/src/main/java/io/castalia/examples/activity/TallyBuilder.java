package io.castalia.examples.activity;

import java.util.HashMap;
import java.util.Map;

/** Counts on from a tally, record by record. */
final class TallyBuilder {
  private final Question question;
  private final Map<String, Long> counts;
  private long next;

  TallyBuilder(Question question, Tally from) {
    this.question = question;
    this.counts = new HashMap<>(from.counts());
    this.next = from.next();
  }

  /**
   * Counts a record.
   *
   * @param offset of the record; there may be gaps, but no way back
   */
  void add(long offset, String line) {
    if (offset < next) {
      throw new IllegalArgumentException(
          "expected a record from offset " + next + " on, but got " + offset);
    }
    question.countedAs(line).ifPresent(thing -> counts.merge(thing, 1L, Long::sum));
    next = offset + 1;
  }

  Tally tally() {
    return new Tally(next, counts);
  }
}
