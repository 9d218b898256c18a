package io.castalia.bench.compare;

/**
 * Records at a steady rate.
 *
 * @param records that are timed; as many are sent before
 * @param inTurn whether partitions take turns; else the client chooses
 */
public record SteadyLoad(int perSecond, int recordBytes, long records, boolean inTurn) {}
