package io.castalia.api.internal;

import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/** References to actors as strings, which other nodes can resolve. */
public final class WireRefs {
  private final ActorRefResolver resolver;

  public WireRefs(ExtendedActorSystem system) {
    this.resolver = ActorRefResolver.get(Adapter.toTyped(system));
  }

  public void write(WireOutput out, ActorRef<?> ref) {
    out.string(resolver.toSerializationFormat(ref));
  }

  public <T> ActorRef<T> read(WireInput in) {
    return resolver.resolveActorRef(in.string());
  }
}
