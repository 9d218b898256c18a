package io.castalia.bench.streams;

import io.castalia.bench.applications.Job;
import io.castalia.bench.server.ServerProcess;
import java.util.List;

/** Servers that keep topics, and applications that work on these. */
public interface Platform extends AutoCloseable {

  /** What it is called in tables. */
  String name();

  /** HOST:PORT of its broker. */
  String bootstrap();

  /** Starts the servers, and returns when they serve. */
  void start();

  /**
   * Starts an application and does not wait.
   *
   * @param heap of its process, as {@code -Xmx} takes it
   */
  ServerProcess launch(Job job, String heap);

  /**
   * Whether applications start with an archive of their classes, which the first one makes when it
   * ends in order.
   */
  boolean isTrained();

  /** The processes of the servers. */
  List<ProcessHandle> servers();

  /** Stops the servers. */
  @Override
  void close();
}
