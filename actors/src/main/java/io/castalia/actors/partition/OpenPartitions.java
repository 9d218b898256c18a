package io.castalia.actors.partition;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The partitions that a node has in memory. Thread-safe. */
final class OpenPartitions {
  private final Set<PartitionId> open = ConcurrentHashMap.newKeySet();

  /** The same actor, which counts as open from its start to its end. */
  Behavior<PartitionCommand> with(PartitionId partition, Behavior<PartitionCommand> actor) {
    return Behaviors.intercept(() -> new Presence(partition), actor);
  }

  Set<PartitionId> matching(Predicate<PartitionId> wanted) {
    return open.stream().filter(wanted).collect(Collectors.toSet());
  }

  boolean contains(PartitionId partition) {
    return open.contains(partition);
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  private final class Presence extends BehaviorInterceptor<PartitionCommand, PartitionCommand> {
    private final PartitionId partition;

    Presence(PartitionId partition) {
      super(PartitionCommand.class);
      this.partition = partition;
    }

    @Override
    public Behavior<PartitionCommand> aroundStart(
        TypedActorContext<PartitionCommand> context, PreStartTarget<PartitionCommand> target) {
      open.add(partition);
      return target.start(context);
    }

    @Override
    public Behavior<PartitionCommand> aroundReceive(
        TypedActorContext<PartitionCommand> context,
        PartitionCommand message,
        ReceiveTarget<PartitionCommand> target) {
      return target.apply(context, message);
    }

    @Override
    public Behavior<PartitionCommand> aroundSignal(
        TypedActorContext<PartitionCommand> context,
        Signal signal,
        SignalTarget<PartitionCommand> target) {
      if (signal instanceof PostStop) {
        open.remove(partition);
      }
      return target.apply(context, signal);
    }
  }
}
