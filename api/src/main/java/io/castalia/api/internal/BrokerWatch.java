package io.castalia.api.internal;

import io.castalia.api.BrokerCommand;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Tells those who wait for a broker's replies when it has ended or its node has died, so that they
 * can go to another one and need not wait for as long as a reply may take. Thread-safe.
 */
public final class BrokerWatch implements Extension {
  private static final ExtensionId<BrokerWatch> ID = new Id();

  /** By broker, and then by a number for each. */
  private final Map<ActorRef<?>, Map<Long, CompletableFuture<?>>> waiting =
      new ConcurrentHashMap<>();

  private final AtomicLong numbers = new AtomicLong();
  private final ActorRef<Watch> watcher;

  private record Watch(ActorRef<BrokerCommand> broker) {}

  private static final class Id extends ExtensionId<BrokerWatch> {
    @Override
    public BrokerWatch createExtension(ActorSystem<?> system) {
      return new BrokerWatch(system);
    }
  }

  private BrokerWatch(ActorSystem<?> system) {
    this.watcher = system.systemActorOf(watcher(), "castalia-broker-watch", Props.empty());
  }

  /** The one of this actor system. */
  public static BrokerWatch of(ActorSystem<?> system) {
    return system.registerExtension(ID);
  }

  /** The reply; or {@link Errors#NETWORK_EXCEPTION} as soon as the broker has ended before. */
  public <R> CompletionStage<R> orGone(ActorRef<BrokerCommand> broker, CompletionStage<R> reply) {
    CompletableFuture<R> result = new CompletableFuture<>();
    Map<Long, CompletableFuture<?>> open =
        waiting.computeIfAbsent(broker, unknown -> watch(broker));
    long number = numbers.incrementAndGet();
    open.put(number, result);
    reply.whenComplete(
        (answer, failure) -> {
          open.remove(number);
          if (failure == null) {
            result.complete(answer);
          } else {
            result.completeExceptionally(failure);
          }
        });
    if (waiting.get(broker) != open) {
      fail(result, broker);
    }
    return result;
  }

  private Map<Long, CompletableFuture<?>> watch(ActorRef<BrokerCommand> broker) {
    watcher.tell(new Watch(broker));
    return new ConcurrentHashMap<>();
  }

  private Behavior<Watch> watcher() {
    return Behaviors.setup(
        context ->
            Behaviors.receive(Watch.class)
                .onMessage(
                    Watch.class,
                    watch -> {
                      context.watch(watch.broker());
                      return Behaviors.same();
                    })
                .onSignal(
                    Terminated.class,
                    ended -> {
                      gone(ended.getRef());
                      return Behaviors.same();
                    })
                .build());
  }

  private void gone(ActorRef<?> broker) {
    Map<Long, CompletableFuture<?>> open = waiting.remove(broker);
    if (open != null) {
      open.values().forEach(each -> fail(each, broker));
    }
  }

  private static void fail(CompletableFuture<?> waiting, ActorRef<?> broker) {
    waiting.completeExceptionally(
        Errors.NETWORK_EXCEPTION.exception("the node of " + broker.path() + " has ended"));
  }
}
