package io.castalia.streams.processing.runtime;

import com.typesafe.config.Config;
import io.castalia.streams.processing.ErrorPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * How a topology is run.
 *
 * @param applicationId names the application: its state and its topics are found again by it
 * @param errors what becomes of records that cannot be processed
 * @param role of the members that run its tasks; without one, every member must start it
 * @param limits from {@code castalia.processing}
 */
public record ProcessingSettings(
    String applicationId, ErrorPolicy errors, Optional<String> role, Limits limits) {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,100}");

  public ProcessingSettings {
    if (!NAME.matcher(applicationId).matches()) {
      throw new IllegalArgumentException(
          "expected an application id of at most 100 letters, digits, \".\", \"_\" and \"-\", but"
              + " it"
              + " was \"%s\"".formatted(applicationId));
    }
  }

  /**
   * Limits and times of the tasks.
   *
   * @param shards over which they are spread
   * @param snapshotEvery events between two snapshots at most
   * @param fetchBytes asked for at a time, for each partition
   * @param batchRecords in one journal entry at most
   * @param batchBytes of changes and outputs after which a journal entry takes no more records
   * @param maxStateBytes of keys and values in a task's stores; a task with more works on no more
   *     records
   * @param stateCacheBytes of the parts of a task's state that are kept in memory to be read
   * @param stateChangesBytes of changes of a task's state after which they are written to pages
   * @param purgeRecords how many records of the application's own topics are deleted at a time, at
   *     least, when they have been read
   * @param topicInterval how often it is looked whether topics have grown
   * @param fetchWait how long a task waits for records when there are none
   * @param callTimeout how long a reply of a broker is waited for
   * @param minBackoff first pause after a failure; it doubles with each one in a row
   * @param maxBackoff longest pause after a failure
   */
  public record Limits(
      int shards,
      int snapshotEvery,
      int fetchBytes,
      int batchRecords,
      long batchBytes,
      long maxStateBytes,
      long stateCacheBytes,
      long stateChangesBytes,
      int purgeRecords,
      Duration topicInterval,
      Duration fetchWait,
      Duration callTimeout,
      Duration minBackoff,
      Duration maxBackoff) {

    public Limits {
      atLeastOne("state-cache-size", stateCacheBytes);
      atLeastOne("state-changes-size", stateChangesBytes);
      if (topicInterval.isZero() || topicInterval.isNegative()) {
        throw new IllegalArgumentException(
            "expected castalia.processing.topic-interval longer than nothing, but it is "
                + topicInterval);
      }
    }

    private static void atLeastOne(String key, long bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException(
            "expected castalia.processing.%s of at least one byte, but it is %d"
                .formatted(key, bytes));
      }
    }

    private static int fetchBytes(long bytes) {
      if (bytes > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "expected castalia.processing.fetch-size to be less than 2 GiB, but it was " + bytes);
      }
      return (int) bytes;
    }

    /** Reads {@code castalia.processing}. */
    public static Limits of(Config config) {
      Config own = config.getConfig("castalia.processing");
      return new Limits(
          own.getInt("number-of-shards"),
          own.getInt("snapshot-every"),
          fetchBytes(own.getBytes("fetch-size")),
          own.getInt("batch-records"),
          own.getBytes("batch-size"),
          own.getBytes("max-state-size"),
          own.getBytes("state-cache-size"),
          own.getBytes("state-changes-size"),
          own.getInt("purge-records"),
          own.getDuration("topic-interval"),
          own.getDuration("fetch-wait"),
          own.getDuration("call-timeout"),
          own.getDuration("min-backoff"),
          own.getDuration("max-backoff"));
    }
  }

  /** An application that fails on what it cannot process, with tasks on all members. */
  public static ProcessingSettings create(ActorSystem<?> system, String applicationId) {
    return new ProcessingSettings(
        applicationId, ErrorPolicy.fail(), Optional.empty(), Limits.of(system.settings().config()));
  }

  /** The same with another policy for records that cannot be processed. */
  public ProcessingSettings withErrorPolicy(ErrorPolicy other) {
    return new ProcessingSettings(applicationId, other, role, limits);
  }

  /** The same with tasks on members of this role only; all of those must start it. */
  public ProcessingSettings withRole(String other) {
    return new ProcessingSettings(applicationId, errors, Optional.of(other), limits);
  }
}
