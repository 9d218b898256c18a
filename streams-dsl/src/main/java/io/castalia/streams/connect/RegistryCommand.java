package io.castalia.streams.connect;

import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What people and services ask of the connectors of a cluster. Each gets one reply; {@link
 * Connectors} wraps these messages.
 */
public sealed interface RegistryCommand extends ConnectorMessage {

  /** What is asked for, and answered. */
  sealed interface Request extends RegistryCommand {
    ActorRef<RegistryReply> replyTo();
  }

  /** What changes one connector, or looks at it. */
  sealed interface Named extends Request {
    String name();
  }

  /**
   * Creates a connector or changes its configuration; answered with {@link
   * RegistryReply.Described}.
   *
   * @param config where the value of a secret key is {@code [hidden]}, as it is shown, it stays as
   *     it was
   * @param create whether there must not be one of that name, or must be
   */
  record Configure(
      String name, Map<String, String> config, boolean create, ActorRef<RegistryReply> replyTo)
      implements Named {
    public Configure {
      config = Map.copyOf(config);
    }
  }

  /** Has its tasks stop, until it is resumed; answered with {@link RegistryReply.Described}. */
  record Pause(String name, ActorRef<RegistryReply> replyTo) implements Named {}

  /** Has its tasks run again; answered with {@link RegistryReply.Described}. */
  record Resume(String name, ActorRef<RegistryReply> replyTo) implements Named {}

  /** Stops and starts its tasks; answered with {@link RegistryReply.Described}. */
  record Restart(String name, ActorRef<RegistryReply> replyTo) implements Named {}

  /**
   * Stops and forgets it; answered with {@link RegistryReply.Described} as it was. Where it was
   * stays known: a connector created again under its name goes on there.
   */
  record Delete(String name, ActorRef<RegistryReply> replyTo) implements Named {}

  /** Answered with {@link RegistryReply.Described}. */
  record Describe(String name, ActorRef<RegistryReply> replyTo) implements Named {}

  /** Answered with {@link RegistryReply.Listed}. */
  record ListAll(ActorRef<RegistryReply> replyTo) implements Request {}

  /** The registry's own. */
  non-sealed interface Internal extends RegistryCommand {}
}
