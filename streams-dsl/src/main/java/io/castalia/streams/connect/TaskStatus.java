package io.castalia.streams.connect;

/**
 * How a task is.
 *
 * @param task its number, from 0
 * @param state what it does
 * @param worker the address of the node where it runs; empty if none is known
 * @param trace why it last failed, or cannot run, or what it waits for; empty if it has not failed
 *     since it was started or went well again
 */
public record TaskStatus(int task, TaskState state, String worker, String trace) {

  /** What a task does; the names are Kafka Connect's. */
  public enum TaskState {
    /** It is to run, and no node has said that it does. */
    UNASSIGNED,
    /** It works. */
    RUNNING,
    /** It failed, and begins again after a pause. */
    RESTARTING,
    /** It rests until its connector is resumed. */
    PAUSED,
    /** All that there was has been read. */
    COMPLETED
  }

  static TaskStatus unassigned(int task) {
    return new TaskStatus(task, TaskState.UNASSIGNED, "", "");
  }

  /** Of a connector that no node can run. */
  static TaskStatus unfit(int task, String why) {
    return new TaskStatus(task, TaskState.UNASSIGNED, "", why);
  }

  static TaskStatus paused(int task) {
    return new TaskStatus(task, TaskState.PAUSED, "", "");
  }
}
