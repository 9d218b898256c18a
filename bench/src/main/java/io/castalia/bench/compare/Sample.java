package io.castalia.bench.compare;

import io.castalia.bench.server.ProcessUsage;
import java.util.Map;

/**
 * One measured round.
 *
 * @param side the broker's name
 * @param load what the clients saw
 * @param servers what each of the server's processes took meanwhile, by what it is
 */
record Sample(Scenario scenario, String side, LoadResult load, Map<String, ProcessUsage> servers) {

  private static final double MEBIBYTE = 1024 * 1024;
  private static final double GIGABYTE = 1e9;

  /** In units of 2^20 bytes, as Kafka's tools print them. */
  double mebibytesPerSecond() {
    return load.recordsPerSecond() * scenario.recordBytes() / MEBIBYTE;
  }

  /** How long the clients took. */
  double seconds() {
    return load.records() / load.recordsPerSecond();
  }

  double cpuPerGigabyte(String server) {
    return usage(server).cpuSeconds() / gigabytes();
  }

  double clientCpuPerGigabyte() {
    return load.clientCpuSeconds() / gigabytes();
  }

  double writtenPerByte() {
    return servers.values().stream().mapToLong(ProcessUsage::bytesWritten).sum()
        / (gigabytes() * GIGABYTE);
  }

  /** Of all of the server's processes since they were started. */
  double peakResidentMegabytes() {
    return servers.values().stream().mapToLong(ProcessUsage::peakResidentBytes).sum() / 1e6;
  }

  private ProcessUsage usage(String server) {
    ProcessUsage usage = servers.get(server);
    if (usage == null) {
      throw new IllegalArgumentException(
          "expected one of " + servers.keySet() + ", but got \"" + server + "\"");
    }
    return usage;
  }

  private double gigabytes() {
    return load.records() * (double) scenario.recordBytes() / GIGABYTE;
  }
}
