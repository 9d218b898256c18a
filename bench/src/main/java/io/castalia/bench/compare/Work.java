package io.castalia.bench.compare;

import io.castalia.bench.server.Broker;

/** What the clients of a scenario do to one broker. */
interface Work {

  /**
   * Works the side warm.
   *
   * @return how many records a measured round takes on this side; of no meaning where it takes a
   *     time
   */
  long warmUp(Broker side, Lengths lengths);

  /** Makes ready for a round; nothing of it is measured. */
  void ready(Broker side, int round);

  /** One round, all of it measured. */
  LoadResult run(Broker side, int round, long records);

  /**
   * Whether a side has the machine and its disk to itself: it is started for a round, and gone with
   * its data when that is over.
   */
  default boolean isAlone() {
    return false;
  }
}
