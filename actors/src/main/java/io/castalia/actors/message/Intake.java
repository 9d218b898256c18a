package io.castalia.actors.message;

import java.util.function.Predicate;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Shows an actor its requests as soon as they arrive. A persistent actor sees them only when it has
 * nothing to write, and what its stash cannot hold until then is dropped without an answer.
 */
public final class Intake<C, R extends C> extends BehaviorInterceptor<C, C> {
  private final Class<R> requests;
  private final Predicate<R> passes;

  private Intake(Class<C> messages, Class<R> requests, Predicate<R> passes) {
    super(messages);
    this.requests = requests;
    this.passes = passes;
  }

  /**
   * An actor with an intake.
   *
   * @param messages what the actor understands
   * @param requests what is shown to it first
   * @param passes told of each request in the actor's own thread, whatever the actor is doing;
   *     tells whether the request goes on to the actor
   */
  public static <C, R extends C> Behavior<C> before(
      Behavior<C> actor, Class<C> messages, Class<R> requests, Predicate<R> passes) {
    return Behaviors.intercept(() -> new Intake<>(messages, requests, passes), actor);
  }

  @Override
  public Behavior<C> aroundReceive(
      TypedActorContext<C> context, C message, ReceiveTarget<C> target) {
    return requests.isInstance(message) && !passes.test(requests.cast(message))
        ? Behaviors.same()
        : target.apply(context, message);
  }
}
