package io.castalia.bench.compare;

/**
 * What a client's tool reported of one load.
 *
 * @param records that were moved
 * @param recordsPerSecond over the whole load
 * @param latency of the records; nothing where the tool does not tell
 * @param longestPauseMillis the longest time in which a consumer was given nothing; 0 where the
 *     tool does not tell
 * @param clientCpuSeconds of the tools' processes
 */
public record LoadResult(
    long records,
    double recordsPerSecond,
    Latency latency,
    double longestPauseMillis,
    double clientCpuSeconds) {

  /** From send to acknowledgement, or to a consumer, in milliseconds; 0 where it is not known. */
  public record Latency(double p50Millis, double p99Millis) {
    static final Latency UNKNOWN = new Latency(0, 0);
  }
}
