package io.castalia.bench.compare;

import io.castalia.bench.server.Broker;

/** What the clients of a scenario do to one broker. */
interface Work {

  /**
   * Works the side warm.
   *
   * @return how much a measured round takes on this side, as {@link #run} wants it: a number of
   *     records, or of times that a topic is read; of no meaning where a round takes a time
   */
  long warmUp(Broker side, Lengths lengths);

  /** Makes ready for a round; nothing of it is measured. */
  void ready(Broker side, int round);

  /** One round, all of it measured. */
  LoadResult run(Broker side, int round, long amount);

  /**
   * Whether a side has the machine and its disk to itself: it is started for a round, and gone with
   * its data when that is over.
   */
  default boolean isAlone() {
    return false;
  }
}
