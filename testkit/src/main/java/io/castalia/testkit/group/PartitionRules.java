package io.castalia.testkit.group;

import io.castalia.testkit.group.GroupEvent.Processed;
import io.castalia.testkit.group.GroupViolation.Rule;
import io.castalia.testkit.history.LogContent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** What must hold of one partition in a group: who has it, what is processed and committed. */
final class PartitionRules {

  private final LogContent content;
  private final List<GroupViolation> violations;
  private final List<Tenure> tenures = new ArrayList<>();
  private final BitSet processed = new BitSet();
  private long committed = -1;
  private long attempted = -1;

  PartitionRules(LogContent content, List<GroupViolation> violations) {
    this.content = content;
    this.violations = violations;
  }

  /** The largest offset that is known to be committed, or -1. */
  long committed() {
    return committed;
  }

  void assigned(String member, int generation, int moment) {
    Optional<Tenure> open = open(member);
    if (open.isPresent()) {
      open.get().goesOn(generation);
    } else {
      tenures.add(new Tenure(member, generation, moment, committed));
    }
  }

  /** The member that has it is in a later generation. */
  void keptBy(String member, int generation) {
    open(member).ifPresent(tenure -> tenure.goesOn(generation));
  }

  void revoked(String member, int moment) {
    open(member).ifPresent(tenure -> tenure.end(moment));
  }

  void lost(String member, int moment) {
    vanished(member);
    revoked(member, moment);
  }

  /**
   * A member learns that it was taken out, some time after its last assignment: it has let go of
   * things since then without knowing.
   */
  void takenOut(String member, int since) {
    tenures.stream()
        .filter(tenure -> tenure.member().equals(member) && tenure.hasEndedSince(since))
        .forEach(Tenure::endsUnaware);
  }

  void vanished(String member) {
    open(member).ifPresent(Tenure::endsUnaware);
  }

  void processed(Processed records) {
    processed.set(place(records.first()), place(records.last() + 1));
    Optional<Tenure> open = open(records.member());
    if (open.isEmpty()) {
      report(Rule.NOT_OWNED, "\"" + records.member() + "\" processed " + records.first());
      return;
    }
    Tenure tenure = open.get();
    if (!tenure.hasBegunReading()) {
      checkStart(tenure, records.first());
    } else if (tenure.next() != records.first()) {
      report(
          Rule.OUT_OF_ORDER,
          tenure + " processed " + records.first() + " instead of " + tenure.next());
    }
    tenure.processed(records.last());
  }

  private int place(long offset) {
    return Math.toIntExact(offset - content.startOffset());
  }

  private void checkStart(Tenure tenure, long first) {
    if (first < tenure.floor()) {
      report(
          Rule.REPEATED, tenure + " began at " + first + ", but committed was " + tenure.floor());
    }
    if (first > Math.max(attempted, content.startOffset())) {
      report(
          Rule.SKIPPED,
          tenure + " began at " + first + ", but nobody committed more than " + attempted);
    }
  }

  /** Somebody tries to commit. */
  void attempted(long offset) {
    attempted = Math.max(attempted, offset);
  }

  /**
   * A commit was accepted.
   *
   * @param floor what was known to be committed before it began
   * @param begun when it began
   */
  void committed(String member, long offset, long floor, int begun) {
    if (offset < floor) {
      report(
          Rule.COMMIT_WENT_BACK,
          "\"" + member + "\" committed " + offset + " when " + floor + " was committed");
    }
    tenures.stream()
        .filter(later -> !later.member().equals(member) && later.begun() < begun)
        .filter(later -> later.generation() > generationOf(member, begun))
        .findFirst()
        .ifPresent(
            later ->
                report(
                    Rule.STALE_COMMIT,
                    "\"" + member + "\" committed " + offset + ", but owner was " + later));
    committed = Math.max(committed, offset);
  }

  private int generationOf(String member, int moment) {
    return tenures.stream()
        .filter(tenure -> tenure.member().equals(member) && tenure.begun() < moment)
        .mapToInt(Tenure::lastGeneration)
        .max()
        .orElse(-1);
  }

  /**
   * Somebody was told what is committed, or -1 for nothing.
   *
   * @param floor what was known to be committed when it was asked for
   */
  void read(String reader, long offset, long floor) {
    if (offset < floor) {
      report(
          Rule.COMMIT_WENT_BACK,
          "\"" + reader + "\" read " + offset + " when " + floor + " was committed");
    } else if (offset > attempted) {
      report(
          Rule.COMMIT_UNKNOWN,
          "\"" + reader + "\" read " + offset + ", but nobody committed more than " + attempted);
    }
    committed = Math.max(committed, offset);
  }

  /** Checks what can only be known when all is over. */
  void finish() {
    for (int second = 1; second < tenures.size(); second++) {
      for (Tenure first : tenures.subList(0, second)) {
        checkApart(first, tenures.get(second));
      }
    }
    int missing = processed.nextClearBit(0);
    if (missing < place(content.endOffset())) {
      report(Rule.UNPROCESSED, "offset " + (content.startOffset() + missing));
    }
  }

  private void checkApart(Tenure first, Tenure second) {
    if (!first.isApartFrom(second)) {
      report(Rule.TWO_OWNERS, first + " and " + second);
    }
  }

  private Optional<Tenure> open(String member) {
    return tenures.stream()
        .filter(tenure -> tenure.isOpen() && tenure.member().equals(member))
        .findFirst();
  }

  private void report(Rule rule, String detail) {
    violations.add(
        new GroupViolation(rule, "partition \"" + content.partition() + "\": " + detail));
  }
}
