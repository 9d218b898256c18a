package io.castalia.bench.groups;

import io.castalia.bench.measure.Latencies;
import io.castalia.bench.server.ProcessUsage;

/**
 * What came of one rate.
 *
 * @param rate intended, a second
 * @param answered how many were answered without an error
 * @param failed how many were answered with one, or not at all
 * @param latencies from when each was due to its answer; of those after the first second
 * @param server what the server's processes took meanwhile
 * @param clientCpuSeconds what this process took
 */
record Level(
    double rate,
    long answered,
    long failed,
    Latencies latencies,
    ProcessUsage server,
    double clientCpuSeconds) {

  boolean isSustained(double p99LimitMillis) {
    return failed == 0 && answered > 0 && latencies.millis(0.99) <= p99LimitMillis;
  }

  double serverCpuMicros() {
    return server.cpuSeconds() * 1e6 / Math.max(1, answered);
  }

  double clientCpuMicros() {
    return clientCpuSeconds * 1e6 / Math.max(1, answered);
  }
}
