package io.castalia.bench.crash;

/**
 * What producers send.
 *
 * @param seed of all that is random in it
 * @param recordsPerSecond of each producer
 */
record Load(String topic, int partitions, int producers, int recordsPerSecond, long seed) {

  /** The partition's name in the history. */
  String partitionName(int partition) {
    return topic + "-" + partition;
  }
}
