package io.castalia.bench.cluster;

/** Clusters to which the same is done in the same run. */
enum Peer {
  /** Brokers that are controllers, too, with three copies of each partition. */
  KAFKA
}
