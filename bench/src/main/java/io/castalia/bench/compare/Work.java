package io.castalia.bench.compare;

import io.castalia.bench.server.Broker;

/** What the clients of a scenario do to one broker. */
interface Work {

  /**
   * Works the side warm.
   *
   * @return how many records a measured round takes on this side
   */
  long warmUp(Broker side, Lengths lengths);

  /** Makes ready for a round; nothing of it is measured. */
  void ready(Broker side, int round);

  /** One round, all of it measured. */
  LoadResult run(Broker side, int round, long records);
}
