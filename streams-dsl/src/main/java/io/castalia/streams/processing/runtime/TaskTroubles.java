package io.castalia.streams.processing.runtime;

import io.castalia.streams.processing.runtime.TaskCommand.TryAgain;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;

/** What is wrong with a task, for people to see, and when it tries again. */
final class TaskTroubles {
  private final ActorContext<TaskCommand> context;
  private final TimerScheduler<TaskCommand> timers;
  private final String task;
  private final ProcessingSettings.Limits limits;
  private Duration backoff;
  private String ofRecord = "";
  private String ofCall = "";
  private boolean holdsRecords;
  private boolean holdsCalls;

  TaskTroubles(
      ActorContext<TaskCommand> context,
      TimerScheduler<TaskCommand> timers,
      TaskId id,
      ProcessingSettings settings) {
    this.context = context;
    this.timers = timers;
    this.task = "Task %s of \"%s\"".formatted(id, settings.applicationId());
    this.limits = settings.limits();
    this.backoff = limits.minBackoff();
  }

  /** A record cannot be processed, as the task's policy is not to go on then. */
  void recordFailed(String what, Throwable failure) {
    if (!what.equals(ofRecord)) {
      log().error("{} stops: {}", task, what, failure);
    }
    ofRecord = what;
    holdsRecords = true;
    pause();
  }

  /** A broker did not do what it was asked; the same is logged once. */
  void callFailed(String what, Throwable failure) {
    if (!what.equals(ofCall)) {
      if (failure instanceof RetriableException) {
        log().warn("{} waits: {}: {}", task, what, failure.toString());
      } else {
        log().error("{} waits: {}", task, what, failure);
      }
    }
    ofCall = what + ": " + failure.getMessage();
    holdsCalls = true;
    pause();
  }

  private void pause() {
    timers.startSingleTimer(new TryAgain(), backoff);
    Duration doubled = backoff.multipliedBy(2);
    backoff = doubled.compareTo(limits.maxBackoff()) < 0 ? doubled : limits.maxBackoff();
  }

  /** Logs what a batch has dropped. */
  void tell(Map<String, Long> drops) {
    drops.forEach((what, count) -> log().warn("{} dropped {}: {}", task, count, what));
  }

  /** Whether no record is to be worked on now. */
  boolean holdsRecords() {
    return holdsRecords;
  }

  /** Whether brokers are not to be asked now. */
  boolean holdsCalls() {
    return holdsCalls;
  }

  /** The pause is over. */
  void release() {
    holdsRecords = false;
    holdsCalls = false;
  }

  /** A record has been processed. */
  void recordsPass() {
    if (!ofRecord.isEmpty() && !holdsRecords) {
      log().info("{} goes on", task);
      ofRecord = "";
      backoff = limits.minBackoff();
    }
  }

  /** A broker has done what it was asked. */
  void callsPass() {
    if (!ofCall.isEmpty() && !holdsCalls) {
      log().info("{} reaches brokers again", task);
      ofCall = "";
      backoff = limits.minBackoff();
    }
  }

  /** What is wrong now; empty when nothing is. */
  String message() {
    return ofRecord.isEmpty() ? ofCall : ofRecord;
  }

  private Logger log() {
    return context.getLog();
  }
}
