package io.castalia.bench.streams;

import io.castalia.bench.applications.Job;
import io.castalia.bench.applications.Work;
import io.castalia.bench.server.ProcessUsage;
import io.castalia.bench.server.ServerProcess;
import io.castalia.bench.server.Topics;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Has a platform do one round of work. */
final class StreamsRun {
  static final int PARTITIONS = 4;

  private static final int KEY_BYTES = 16;

  /** What is stored for a key: the key, and a count of 8 B. */
  private static final int STATE_KEY_BYTES = Input.RECORD_BYTES - Long.BYTES;

  /** Keys that are counted once more when the application is killed, and while it is dead. */
  private static final int MORE = 1_000;

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Settings settings;
  private final PrintStream progress;

  /**
   * How much there is to do.
   *
   * @param records of input for each round
   * @param keys of these
   * @param stateBytes of the state of an application that is killed
   * @param heap of an application, as {@code -Xmx} takes it
   */
  record Settings(long records, long keys, long stateBytes, String heap) {}

  StreamsRun(Settings settings, PrintStream progress) {
    this.settings = settings;
    this.progress = progress;
  }

  private Input input() {
    return new Input(settings.keys(), KEY_BYTES);
  }

  /** Publishes what the applications of all rounds work off. */
  void prepare(Platform platform) {
    Topics.create(platform.bootstrap(), "input", PARTITIONS);
    input().publish(platform.bootstrap(), "input", 0, settings.records());
    say("%s: %d records wait", platform.name(), settings.records());
  }

  /** A first application works off some of what waits, and ends, so that there is an archive. */
  void train(Platform platform) {
    Job job = new Job("training", Work.COUNT, "input", "training-results");
    Topics.create(platform.bootstrap(), job.output(), PARTITIONS);
    ServerProcess application = platform.launch(job, settings.heap());
    try (Results results = results(platform, job)) {
      results.await(settings.records() / 4, application, PATIENCE);
    } finally {
      application.stop();
    }
    say(
        "%s: applications start with %s of their classes",
        platform.name(), platform.isTrained() ? "an archive" : "no archive");
  }

  /**
   * A new application works off what waits. What it does in the first quarter of the results is not
   * counted: its JVM is new.
   */
  Speed speed(Platform platform, Work work, int round) {
    String name = work.name().toLowerCase(Locale.ROOT) + "-" + round;
    Job job = new Job(name, work, "input", name + "-results");
    Input.Expected expected = input().expected(work, settings.records());
    Topics.create(platform.bootstrap(), job.output(), PARTITIONS);
    ServerProcess application = platform.launch(job, settings.heap());
    try (Results results = results(platform, job)) {
      long begun = results.await(expected.records() / 4, application, PATIENCE);
      long first = results.records();
      ProcessUsage servers = ProcessUsage.of(platform.servers());
      ProcessUsage own = ProcessUsage.of(application.family());
      long ended = results.await(expected.records(), application, PATIENCE);
      servers = ProcessUsage.of(platform.servers()).since(servers);
      own = ProcessUsage.of(application.family()).since(own);
      results.check(expected);
      double share = (double) (expected.records() - first) / expected.records();
      double measured = settings.records() * share;
      double perSecond = measured * 1e9 / (ended - begun);
      say("%s, %s, round %d: %.0f records/s", platform.name(), work.title(), round, perSecond);
      return new Speed(
          work,
          platform.name(),
          perSecond,
          servers.cpuSeconds() * 1e6 / measured,
          own.cpuSeconds() * 1e6 / measured,
          own.peakResidentBytes());
    } finally {
      application.stop();
    }
  }

  /**
   * An application gets a state, is killed while it is at work, misses a few records, and is
   * started again.
   */
  Resumption resumption(Platform platform, int round) {
    Job job = new Job("state-" + round, Work.COUNT, "keys-" + round, "state-results-" + round);
    long keys = Math.max(2L * MORE, settings.stateBytes() / Input.RECORD_BYTES);
    Input input = new Input(keys, STATE_KEY_BYTES);
    Topics.create(platform.bootstrap(), job.input(), PARTITIONS);
    Topics.create(platform.bootstrap(), job.output(), PARTITIONS);
    input.publish(platform.bootstrap(), job.input(), 0, keys);
    long start = System.nanoTime();
    ServerProcess application = platform.launch(job, settings.heap());
    try (Results results = results(platform, job)) {
      long built = results.await(keys, application, PATIENCE);
      input.publish(platform.bootstrap(), job.input(), keys, keys + MORE);
      results.await(keys + 1, application, PATIENCE);
      application.kill();
      input.publish(platform.bootstrap(), job.input(), keys + MORE, keys + 2 * MORE);
      long again = System.nanoTime();
      application = platform.launch(job, settings.heap());
      application.awaitLine(Job.READY, PATIENCE);
      double ready = (System.nanoTime() - again) / 1e9;
      long resumed = results.await(keys + 2 * MORE, application, PATIENCE);
      results.check(input.expected(Work.COUNT, keys + 2 * MORE));
      say(
          "%s, round %d: at work after %.1f s, went on after %.1f s",
          platform.name(), round, ready, (resumed - again) / 1e9);
      return new Resumption(
          platform.name(),
          keys * Input.RECORD_BYTES,
          (built - start) / 1e9,
          ready,
          (resumed - again) / 1e9);
    } finally {
      application.stop();
    }
  }

  private static Results results(Platform platform, Job job) {
    return new Results(platform.bootstrap(), job.output(), PARTITIONS, job.work() == Work.COUNT);
  }

  private void say(String format, Object... arguments) {
    progress.printf(Locale.ROOT, "  " + format + "%n", arguments);
    progress.flush();
  }
}
