package io.castalia.bench.compare;

import io.castalia.bench.server.ProcessUsage;

/**
 * One measured round.
 *
 * @param side the broker's name
 * @param load what the client saw
 * @param server what the server's processes took meanwhile
 */
record Sample(Scenario scenario, String side, LoadResult load, ProcessUsage server) {

  private static final double MEBIBYTE = 1024 * 1024;
  private static final double GIGABYTE = 1e9;

  /** In units of 2^20 bytes, as Kafka's tools print them. */
  double mebibytesPerSecond() {
    return load.recordsPerSecond() * scenario.recordBytes() / MEBIBYTE;
  }

  double serverCpuPerGigabyte() {
    return server.cpuSeconds() / gigabytes();
  }

  double clientCpuPerGigabyte() {
    return load.clientCpuSeconds() / gigabytes();
  }

  double writtenPerByte() {
    return server.bytesWritten() / (gigabytes() * GIGABYTE);
  }

  private double gigabytes() {
    return load.records() * (double) scenario.recordBytes() / GIGABYTE;
  }
}
