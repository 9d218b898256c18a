package io.castalia.bench.groups;

import io.castalia.bench.groups.ShapeResult.Found;
import io.castalia.bench.groups.ShapeResult.Restart;
import io.castalia.bench.server.Broker;
import java.io.PrintStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes one shape through its loads on one server. */
final class GroupsRun {
  private static final double WARM_UP_HEARTBEATS = 4000;
  private static final double WARM_UP_COMMITS = 500;

  private final Settings settings;
  private final PrintStream progress;

  /**
   * How thoroughly to look.
   *
   * @param level how long a rate is held
   * @param most the highest rate that is tried
   * @param resolution of the search, as a factor
   * @param p99LimitMillis what a sustained rate stays below
   * @param protocol of the members
   */
  record Settings(
      Duration level, double most, double resolution, double p99LimitMillis, Protocol protocol) {}

  GroupsRun(Settings settings, PrintStream progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /** Works a server warm with a little of everything, at rates that any of them has room for. */
  void warmUp(Broker side, GroupShape shape, Duration length) {
    try (Fleet fleet = new Fleet(side.bootstrap(), "warm-up", shape, settings.protocol()::member)) {
      fleet.connect();
      fleet.enter();
      for (GroupLoad load : GroupLoad.values()) {
        double rate = load.isCommit() ? WARM_UP_COMMITS : WARM_UP_HEARTBEATS;
        OpenLoop.run(fleet, side, load, rate, length.dividedBy(GroupLoad.values().length));
        fleet.settle();
      }
      fleet.leave();
    }
  }

  /**
   * Joins, searches, restarts if that is wanted, and leaves.
   *
   * @param prefix of the group ids; another each time, since a group that was there is no new group
   */
  ShapeResult run(
      Broker side, GroupShape shape, String prefix, Set<GroupLoad> loads, boolean restarts) {
    try (Fleet fleet = new Fleet(side.bootstrap(), prefix, shape, settings.protocol()::member)) {
      fleet.connect();
      Duration joining = fleet.enter();
      say("%s, %s: all joined in %.2f s", side.name(), shape, joining.toMillis() / 1e3);
      Map<GroupLoad, Found> found = new EnumMap<>(GroupLoad.class);
      loads.forEach(load -> found.put(load, search(side, shape, fleet, load)));
      Optional<Restart> restart =
          restarts ? Optional.of(restart(side, shape, fleet)) : Optional.empty();
      fleet.leave();
      return new ShapeResult(shape, side.name(), joining, found, restart);
    }
  }

  private Found search(Broker side, GroupShape shape, Fleet fleet, GroupLoad load) {
    double start = load.usualRate(shape.total());
    RateSearch search = new RateSearch(start, settings.most(), settings.resolution());
    Level usual = attempt(side, shape, fleet, load, start);
    Level best = usual;
    search.tried(isSustained(usual));
    while (!search.isDone()) {
      Level level = attempt(side, shape, fleet, load, search.next());
      search.tried(isSustained(level));
      best = level.rate() == search.sustained() ? level : best;
    }
    return new Found(usual, best, search.sustained());
  }

  /**
   * One rate; once more if it was not sustained, since the machine may have been busy elsewhere.
   */
  private Level attempt(Broker side, GroupShape shape, Fleet fleet, GroupLoad load, double rate) {
    Level first = hold(side, shape, fleet, load, rate);
    return isSustained(first) ? first : hold(side, shape, fleet, load, rate);
  }

  private Level hold(Broker side, GroupShape shape, Fleet fleet, GroupLoad load, double rate) {
    if (load.isCommit()) {
      fleet.startPulse();
    }
    Level level = OpenLoop.run(fleet, side, load, rate, settings.level());
    fleet.settle();
    say(
        "%s, %s, %.0f %s/s: p50 %.1f ms, p99 %.1f ms, %d failed, CPU of server %.0f us, client %.0f"
            + " us%s",
        side.name(),
        shape,
        rate,
        load.title(),
        level.latencies().millis(0.5),
        level.latencies().millis(0.99),
        level.failed(),
        level.serverCpuMicros(),
        level.clientCpuMicros(),
        isSustained(level) ? "" : " -");
    return level;
  }

  private boolean isSustained(Level level) {
    return level.isSustained(settings.p99LimitMillis());
  }

  private Restart restart(Broker side, GroupShape shape, Fleet fleet) {
    int joins = fleet.joins();
    fleet.disconnect();
    side.close();
    long start = System.nanoTime();
    side.start();
    Duration ready = Duration.ofNanos(System.nanoTime() - start);
    fleet.connect();
    fleet.enter();
    Duration served = Duration.ofNanos(System.nanoTime() - start);
    int rejoined = fleet.joins() - joins;
    say(
        "%s, %s: restarted, ready in %.2f s, all groups served in %.2f s, %d joined anew",
        side.name(), shape, ready.toMillis() / 1e3, served.toMillis() / 1e3, rejoined);
    return new Restart(ready, served, rejoined);
  }

  private void say(String format, Object... arguments) {
    progress.printf(Locale.ROOT, "  " + format + "%n", arguments);
    progress.flush();
  }
}
