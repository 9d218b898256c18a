package io.castalia.streams.connect;

import java.util.List;
import java.util.Map;

/** Replies to {@link RegistryCommand}s. */
public sealed interface RegistryReply extends ConnectorMessage {

  /**
   * A connector and how it is.
   *
   * @param config as it is wanted, with {@code [hidden]} for each value of a secret key
   * @param source whether it is a source, or a sink
   * @param tasks in order
   */
  record Described(
      String name,
      Map<String, String> config,
      boolean source,
      boolean paused,
      List<TaskStatus> tasks)
      implements RegistryReply {
    public Described {
      config = Map.copyOf(config);
      tasks = List.copyOf(tasks);
    }
  }

  /** All connectors, by name. */
  record Listed(List<Described> connectors) implements RegistryReply {
    public Listed {
      connectors = List.copyOf(connectors);
    }
  }

  /** Why a command was not carried out. */
  record Refused(Reason reason, String message) implements RegistryReply {}

  /** Kinds of refusals. */
  enum Reason {
    /** There is no such connector. */
    UNKNOWN,
    /** There is one of that name. */
    EXISTS,
    /** The configuration is wrong. */
    INVALID
  }
}
