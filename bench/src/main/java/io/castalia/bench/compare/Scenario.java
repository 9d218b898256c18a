package io.castalia.bench.compare;

import java.util.List;

/**
 * One kind of load.
 *
 * @param direction of the records, seen from the client
 * @param recordBytes the size of a record's value
 * @param batchBytes the producer's batch size
 * @param warmUpRecords how many records show the rate, by which the measured rounds are sized
 */
record Scenario(
    String name, Direction direction, int recordBytes, int batchBytes, long warmUpRecords) {

  enum Direction {
    PRODUCE,
    CONSUME
  }

  static final int PARTITIONS = 4;

  static final List<Scenario> ALL =
      List.of(
          new Scenario("produce-1k", Direction.PRODUCE, 1_000, 256 * 1024, 100_000),
          new Scenario("produce-100b", Direction.PRODUCE, 100, 64 * 1024, 500_000),
          new Scenario("consume-1k", Direction.CONSUME, 1_000, 256 * 1024, 600_000),
          new Scenario("consume-100b", Direction.CONSUME, 100, 64 * 1024, 4_000_000));
}
