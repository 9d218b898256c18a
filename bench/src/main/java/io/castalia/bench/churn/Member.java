package io.castalia.bench.churn;

/** A running member. */
interface Member {

  String name();

  /** Asks it to end and to tell the coordinator. */
  void leave();

  /** Asks it to end without a word to the coordinator. */
  void leaveSilently();

  /** Waits for its end. */
  void awaitEnd();
}
