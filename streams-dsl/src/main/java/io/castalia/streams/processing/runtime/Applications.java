package io.castalia.streams.processing.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.actor.typed.Props;

/** The applications that have ever been started in an actor system: one actor for each. */
final class Applications implements Extension {
  private static final Id ID = new Id();

  private final ActorSystem<?> system;
  private final Map<String, ActorRef<ApplicationCommand>> byId = new ConcurrentHashMap<>();

  private Applications(ActorSystem<?> system) {
    this.system = system;
  }

  static Applications get(ActorSystem<?> system) {
    return ID.apply(system);
  }

  /** The actor of an application, which outlives its stops. */
  ActorRef<ApplicationCommand> of(ProcessingSettings settings) {
    return byId.computeIfAbsent(
        settings.applicationId(),
        id ->
            system.systemActorOf(
                ApplicationActor.create(settings), "processing-" + id, Props.empty()));
  }

  private static final class Id extends ExtensionId<Applications> {
    @Override
    public Applications createExtension(ActorSystem<?> system) {
      return new Applications(system);
    }
  }
}
