package io.castalia.bench.compare;

/**
 * What a client's tool reported of one load.
 *
 * @param records that were moved
 * @param recordsPerSecond over the whole load
 * @param p99Millis latency from send to acknowledgement that 99 % stayed below; 0 where the tool
 *     does not tell
 * @param clientCpuSeconds of the tool's process
 */
record LoadResult(
    long records, double recordsPerSecond, double p99Millis, double clientCpuSeconds) {}
