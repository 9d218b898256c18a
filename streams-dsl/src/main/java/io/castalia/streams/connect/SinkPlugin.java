package io.castalia.streams.connect;

/** A kind of connector that takes records out of topics. */
public non-sealed interface SinkPlugin extends ConnectorPlugin {

  /** A writer for one run of a task. May block; a failure is tried again after a pause. */
  SinkWriter open(TaskContext task);
}
