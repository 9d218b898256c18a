package io.castalia.bench.groups;

import io.castalia.bench.measure.Latencies;
import io.castalia.bench.server.Broker;
import io.castalia.bench.server.ProcessUsage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.protocol.Errors;

/**
 * Sends at a fixed rate, however long the answers take, and counts latency from the time at which
 * each was due: a server that stands still is not spared what would have been sent meanwhile.
 */
final class OpenLoop {
  /** Answers in this time are not counted: connections and caches adjust to the rate. */
  private static final Duration SETTLING = Duration.ofSeconds(1);

  private static final Duration DRAIN = Duration.ofSeconds(20);

  /** With more than a second's worth unanswered there is nothing more to learn. */
  private static final double HOPELESS_SECONDS = 1;

  private static final long LEAST_HOPELESS = 500;

  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Fleet fleet;
  private final GroupLoad load;
  private final double rate;
  private final Latencies latencies = new Latencies();
  private long sent;
  private long answered;
  private long failed;

  private OpenLoop(Fleet fleet, GroupLoad load, double rate) {
    this.fleet = fleet;
    this.load = load;
    this.rate = rate;
  }

  /** Tries one rate; gives up early when it is far too high. */
  static Level run(Fleet fleet, Broker broker, GroupLoad load, double rate, Duration length) {
    List<ProcessHandle> processes = broker.processes();
    ProcessUsage server = ProcessUsage.of(processes);
    ProcessUsage client = ProcessUsage.of(ProcessHandle.current().pid());
    OpenLoop loop = new OpenLoop(fleet, load, rate);
    loop.sendAll(length.plus(SETTLING));
    loop.drain();
    return new Level(
        rate,
        loop.answered,
        loop.failed + loop.unanswered(),
        loop.latencies,
        ProcessUsage.of(processes).since(server),
        ProcessUsage.of(ProcessHandle.current().pid()).since(client).cpuSeconds());
  }

  private void sendAll(Duration length) {
    long start = System.nanoTime();
    long countedFrom = start + SETTLING.toNanos();
    long total = Math.round(rate * length.toMillis() / 1e3);
    double nanosApart = TimeUnit.SECONDS.toNanos(1) / rate;
    double hopeless = Math.max(LEAST_HOPELESS, rate * HOPELESS_SECONDS);
    long due = start;
    while (sent < total && unanswered() < hopeless) {
      for (long now = System.nanoTime(); due <= now && sent < total; ) {
        send(due, countedFrom);
        due = start + (long) (sent * nanosApart);
      }
      fleet.loop().turn(due);
    }
    if (sent < total) {
      // Not all of it: not sustained, whatever the others took.
      failed++;
    }
  }

  private void send(long due, long countedFrom) {
    GroupMember member = fleet.members().get((int) (sent % fleet.members().size()));
    sent++;
    if (member.isStable()) {
      load.send(member, sent, error -> answer(error, due, countedFrom));
    } else {
      failed++;
    }
  }

  private void answer(Errors error, long due, long countedFrom) {
    if (error != Errors.NONE) {
      failed++;
      return;
    }
    answered++;
    if (due >= countedFrom) {
      latencies.add(System.nanoTime() - due);
    }
  }

  private long unanswered() {
    return Math.max(0, sent - answered - failed);
  }

  /** Waits for what is under way. */
  private void drain() {
    long deadline = System.nanoTime() + DRAIN.toNanos();
    while (unanswered() > 0 && System.nanoTime() < deadline) {
      fleet.loop().turn(System.nanoTime() + TURN_NANOS);
    }
  }
}
