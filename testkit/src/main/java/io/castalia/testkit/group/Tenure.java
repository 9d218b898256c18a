package io.castalia.testkit.group;

/** One member's time with a partition. Moments are places in the history. */
final class Tenure {
  private static final int NEVER = Integer.MAX_VALUE;

  private final String member;
  private final int generation;
  private final int begun;
  private final long floor;
  private int lastGeneration;
  private int ended = NEVER;
  private boolean unaware;
  private long next = -1;

  /**
   * A member's time that begins.
   *
   * @param floor the offset that was known to be committed then
   */
  Tenure(String member, int generation, int begun, long floor) {
    this.member = member;
    this.generation = generation;
    this.begun = begun;
    this.floor = floor;
    this.lastGeneration = generation;
  }

  String member() {
    return member;
  }

  int generation() {
    return generation;
  }

  int lastGeneration() {
    return lastGeneration;
  }

  int begun() {
    return begun;
  }

  long floor() {
    return floor;
  }

  boolean isOpen() {
    return ended == NEVER;
  }

  boolean hasEndedSince(int moment) {
    return ended != NEVER && ended > moment;
  }

  /** The member has it still, in a later generation. */
  void goesOn(int laterGeneration) {
    lastGeneration = laterGeneration;
  }

  void end(int moment) {
    ended = moment;
  }

  /** From some moment on the partition may have been another's without the member's knowing. */
  void endsUnaware() {
    unaware = true;
  }

  /** Whether any record was processed in it. */
  boolean hasBegunReading() {
    return next >= 0;
  }

  /** The offset that must be processed next. */
  long next() {
    return next;
  }

  void processed(long last) {
    next = last + 1;
  }

  /** Whether the two members never had the partition at once, in time and in generations. */
  boolean isApartFrom(Tenure other) {
    return member.equals(other.member)
        || (generation < other.generation ? isOverBefore(other) : other.isOverBefore(this));
  }

  private boolean isOverBefore(Tenure later) {
    return lastGeneration < later.generation && (unaware || ended <= later.begun);
  }

  @Override
  public String toString() {
    String generations =
        generation == lastGeneration ? "" + generation : generation + " to " + lastGeneration;
    return "\"" + member + "\" in generation " + generations;
  }
}
