package io.castalia.testkit.group;

/**
 * A rule that a group broke.
 *
 * @param rule which
 * @param detail where, with partition, member and offset
 */
public record GroupViolation(Rule rule, String detail) {

  /** The rules, by how they are broken. */
  public enum Rule {
    /** A record of the log was processed by nobody. */
    UNPROCESSED,
    /** A member processed records of a partition that it had not been given, or had given back. */
    NOT_OWNED,
    /** The records that a member processed of a partition do not follow each other. */
    OUT_OF_ORDER,
    /** A member began before an offset that had been committed when it was given the partition. */
    REPEATED,
    /** A member began behind every offset that anybody had tried to commit. */
    SKIPPED,
    /** Two members had a partition at once, or one after the other in the same generation. */
    TWO_OWNERS,
    /** A member's commit was accepted although the partition was another's already. */
    STALE_COMMIT,
    /** A committed offset is smaller than it was before. */
    COMMIT_WENT_BACK,
    /** A committed offset is larger than any that somebody tried to commit. */
    COMMIT_UNKNOWN
  }

  @Override
  public String toString() {
    return rule + ": " + detail;
  }
}
