package io.castalia.bench.topology;

import java.util.List;

/** Servers that can be killed and started again on the same data and ports. */
public interface Topology extends AutoCloseable {

  /** What is killed at once. */
  enum Target {
    NODE,
    CASSANDRA,
    BOTH
  }

  /** What can be killed here. */
  List<Target> targets();

  /** HOST:PORT of the node, the same after every restart. */
  String bootstrap();

  /** Starts all, and returns when clients are served. */
  void start();

  /** Kills as {@code kill -9} does. */
  void kill(Target target);

  /**
   * Starts again what is dead, and does not wait. To be called again and again until all is well.
   */
  void revive();

  /** Stops all. */
  @Override
  void close();
}
