package io.castalia.bench.load;

/**
 * What producers send.
 *
 * @param recordsPerSecond of each producer
 * @param maxFiller most bytes that a record's value has beyond its id
 * @param seed of all that is random in it
 */
public record Load(
    String topic, int partitions, int producers, int recordsPerSecond, int maxFiller, long seed) {

  /** The partition's name in the history. */
  public String partitionName(int partition) {
    return topic + "-" + partition;
  }
}
