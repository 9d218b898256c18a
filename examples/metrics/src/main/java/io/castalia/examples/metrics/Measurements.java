package io.castalia.examples.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Some minutes of three hosts, one of which is too busy for a while; the same each time. */
final class Measurements {
  private static final List<String> HOSTS = List.of("web-1", "web-2", "db-1");
  private static final String BUSY = "db-1";
  private static final int FIRST_BUSY_MINUTE = 3;
  private static final int LAST_BUSY_MINUTE = 4;
  private static final int MINUTES = 8;
  private static final long BEGINNING = 1_767_225_600_000L;
  private static final long MINUTE = MetricsTopology.MINUTE.toMillis();
  private static final long SECOND = Duration.ofSeconds(1).toMillis();
  private static final int MOST_LATE_SECONDS = 5;
  private static final long SEED = 7;

  private Measurements() {}

  /** In the order in which they arrive: some seconds late now and then. */
  static List<Measurement> arriving() {
    Random random = new Random(SEED);
    Map<Long, List<Measurement>> byArrival = new TreeMap<>();
    for (long second = 0; second < MINUTES * MINUTE / SECOND; second++) {
      for (String host : HOSTS) {
        long time = BEGINNING + second * SECOND;
        long late = random.nextInt(MOST_LATE_SECONDS) * SECOND;
        long minute = second * SECOND / MINUTE;
        boolean busy =
            host.equals(BUSY) && minute >= FIRST_BUSY_MINUTE && minute <= LAST_BUSY_MINUTE;
        byArrival
            .computeIfAbsent(time + late, key -> new ArrayList<>())
            .add(new Measurement(host, time, (busy ? 85 : 20) + random.nextInt(15)));
      }
    }
    return byArrival.values().stream().flatMap(List::stream).toList();
  }

  /** One of each host, so late that all minutes before are over. */
  static List<Measurement> afterwards() {
    return HOSTS.stream()
        .map(host -> new Measurement(host, BEGINNING + (MINUTES + 2) * MINUTE, 0))
        .toList();
  }

  /** What a plain loop makes of them: the loads by host and minute. */
  static Map<String, Load> counted(List<Measurement> measurements) {
    Map<String, Load> loads = new TreeMap<>(Comparator.naturalOrder());
    for (Measurement each : measurements) {
      String key = MetricsTopology.key(each.host(), each.time() - each.time() % MINUTE);
      loads.put(key, loads.getOrDefault(key, Load.NONE).and(each.percent()));
    }
    return loads;
  }
}
