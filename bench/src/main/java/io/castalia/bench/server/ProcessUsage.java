package io.castalia.bench.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/**
 * What processes took from the system since they were started, as Linux counts it.
 *
 * @param cpuSeconds of user and system time
 * @param bytesWritten that were sent to the disk, or will be when the page cache is written
 * @param residentBytes of memory at this moment
 * @param peakResidentBytes of memory at most
 */
public record ProcessUsage(
    double cpuSeconds, long bytesWritten, long residentBytes, long peakResidentBytes) {

  /** Linux reports times to user space in this unit, whatever the kernel uses. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int FIELD_USER_TIME = 11;
  private static final int FIELD_SYSTEM_TIME = 12;
  private static final int FIELD_CHILD_USER_TIME = 13;
  private static final int FIELD_CHILD_SYSTEM_TIME = 14;

  /** The sum over processes; one that has ended counts nothing. */
  public static ProcessUsage of(Collection<ProcessHandle> processes) {
    return processes.stream()
        .map(handle -> of(handle.pid()))
        .reduce(new ProcessUsage(0, 0, 0, 0), ProcessUsage::plus);
  }

  /** One process; nothing if it has ended. */
  public static ProcessUsage of(long pid) {
    String stat = read(pid, "stat");
    if (stat.isEmpty()) {
      return new ProcessUsage(0, 0, 0, 0);
    }
    String status = read(pid, "status");
    return new ProcessUsage(
        seconds(stat, FIELD_USER_TIME, FIELD_SYSTEM_TIME),
        number(read(pid, "io"), "write_bytes:"),
        1024 * number(status, "VmRSS:"),
        1024 * number(status, "VmHWM:"));
  }

  /** The processor time of this process's children that have ended and been waited for. */
  public static double cpuSecondsOfEndedChildren() {
    String stat = read(ProcessHandle.current().pid(), "stat");
    return seconds(stat, FIELD_CHILD_USER_TIME, FIELD_CHILD_SYSTEM_TIME);
  }

  private static double seconds(String stat, int userField, int systemField) {
    // The second field, the command's name in parentheses, may hold blanks.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    double ticks = Double.parseDouble(fields[userField]) + Double.parseDouble(fields[systemField]);
    return ticks / TICKS_PER_SECOND;
  }

  /** What was taken since an earlier look; memory as it is now. */
  public ProcessUsage since(ProcessUsage earlier) {
    return new ProcessUsage(
        cpuSeconds - earlier.cpuSeconds,
        bytesWritten - earlier.bytesWritten,
        residentBytes,
        peakResidentBytes);
  }

  private ProcessUsage plus(ProcessUsage other) {
    return new ProcessUsage(
        cpuSeconds + other.cpuSeconds,
        bytesWritten + other.bytesWritten,
        residentBytes + other.residentBytes,
        peakResidentBytes + other.peakResidentBytes);
  }

  static String commandLine(long pid) {
    return read(pid, "cmdline").replace('\0', ' ');
  }

  private static long number(String text, String label) {
    return text.lines()
        .filter(line -> line.startsWith(label))
        .map(line -> line.substring(label.length()).replace("kB", "").strip())
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  private static String read(long pid, String file) {
    try {
      Path path = Path.of("/proc", Long.toString(pid), file);
      return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    } catch (IOException e) {
      // The process has ended, which every caller has to expect.
      return "";
    }
  }
}
