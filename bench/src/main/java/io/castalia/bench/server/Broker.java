package io.castalia.bench.server;

import java.util.List;
import java.util.Map;

/**
 * A server that real Kafka clients speak to, run as a process, with data that outlives its
 * restarts.
 */
public interface Broker extends AutoCloseable {

  /** What it is called in tables. */
  String name();

  /** What an acknowledgement of it promises, in a few words. */
  String durability();

  /** HOST:PORT, the same after every restart. */
  String bootstrap();

  /** Starts it and returns when it serves clients. */
  void start();

  /** Its processes that live, its own first. */
  List<ProcessHandle> processes();

  /** Its processes that live, by what they are. */
  Map<String, ProcessHandle> roles();

  /** Stops it cleanly, if it runs. */
  @Override
  void close();
}
