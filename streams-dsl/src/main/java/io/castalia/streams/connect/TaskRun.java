package io.castalia.streams.connect;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/** A running task's stream. */
interface TaskRun {

  /** Completes when the stream has ended, or fails with its failure. */
  CompletionStage<Done> ended();

  /** Ends the stream in order: what it has taken is finished. */
  void stop();

  /** What people should know of it though it has not failed; empty if there is nothing. */
  default String remark() {
    return "";
  }
}
