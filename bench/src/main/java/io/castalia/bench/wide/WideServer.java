package io.castalia.bench.wide;

import io.castalia.bench.compare.LoadResult;
import io.castalia.bench.compare.LoadTool;
import io.castalia.bench.server.Broker;
import io.castalia.bench.server.ProcessUsage;
import io.castalia.bench.server.Topics;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/** One server with many partitions. */
final class WideServer {

  private static final double MEGABYTE = 1e6;

  private final Broker server;
  private final WidePlan plan;
  private final LoadTool tool;
  private final PrintStream out;

  WideServer(Broker server, WidePlan plan, Path work, PrintStream out) {
    this.server = server;
    this.plan = plan;
    this.tool = new LoadTool(work);
    this.out = out;
  }

  void run() {
    time("start, empty", server::start);
    memory("empty");
    time("create " + plan.topics() + " topics of " + plan.used() + " partitions", this::create);
    memory("with these");
    use("in use for the first time");
    use("in use");
    memory("with these in use");
    time("stop", server::close);
    time("start with these", server::start);
    memory("started with these");
    use("in use after the start");
    memory("with these in use after the start");
  }

  private void create() {
    for (int topic = 0; topic < plan.topics(); topic++) {
      Topics.create(server.bootstrap(), name(topic), plan.used());
    }
  }

  private static String name(int topic) {
    return "wide-" + topic;
  }

  private void use(String what) {
    LoadResult result = tool.latency(server.bootstrap(), name(0), plan.load());
    say(
        plan.used() + " partitions " + what,
        String.format(
            Locale.ROOT,
            "p50 %.1f ms, p99 %.1f ms",
            result.latency().p50Millis(),
            result.latency().p99Millis()));
  }

  private void time(String what, Runnable step) {
    long start = System.nanoTime();
    step.run();
    say(what, String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9));
  }

  private void memory(String what) {
    server
        .roles()
        .forEach(
            (role, process) ->
                say(
                    "resident memory " + what + ": " + role,
                    String.format(
                        Locale.ROOT,
                        "%.0f MB",
                        ProcessUsage.of(process.pid()).residentBytes() / MEGABYTE)));
  }

  private void say(String what, String figure) {
    out.printf("%-14s %-62s %s%n", server.name(), what, figure);
    out.flush();
  }
}
