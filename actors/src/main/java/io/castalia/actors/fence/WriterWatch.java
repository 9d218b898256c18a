package io.castalia.actors.fence;

import io.castalia.persistence.WriterFenced;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/**
 * Hears of the node's writer before the actor that it wraps begins to recover, so that none falls
 * between the two.
 */
final class WriterWatch<T> extends BehaviorInterceptor<Object, T> {
  WriterWatch() {
    super(Object.class);
  }

  /** The classic event stream, since it subscribes at once; it forgets actors that have stopped. */
  @Override
  public Behavior<T> aroundStart(TypedActorContext<Object> context, PreStartTarget<T> target) {
    ActorContext<Object> own = context.asJava();
    Adapter.toClassic(own.getSystem())
        .eventStream()
        .subscribe(Adapter.toClassic(own.getSelf()), WriterFenced.class);
    return target.start(context);
  }

  @Override
  @SuppressWarnings("unchecked") // all others come for the actor that is wrapped
  public Behavior<T> aroundReceive(
      TypedActorContext<Object> context, Object message, ReceiveTarget<T> target) {
    if (message instanceof WriterFenced told) {
      throw Fencing.exception(told);
    }
    return target.apply(context, (T) message);
  }
}
