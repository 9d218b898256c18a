package io.castalia.actors.group;

import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.TreeSeqMap;
import scala.collection.immutable.TreeSeqMap$;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Members by id, in the order in which they came, and a bound on when the first must have spoken.
 * Immutable; a change copies next to nothing, so that a heartbeat costs the same in a group of
 * thousands.
 */
final class Watched<M> {
  /** The deadline of a member that has none. */
  static final long NEVER = Long.MAX_VALUE;

  private final TreeSeqMap<String, M> byId;
  private final ToLongFunction<M> deadlineOf;
  private final long quietUntil;

  private Watched(TreeSeqMap<String, M> byId, ToLongFunction<M> deadlineOf, long quietUntil) {
    this.byId = byId;
    this.deadlineOf = deadlineOf;
    this.quietUntil = quietUntil;
  }

  /**
   * Nobody.
   *
   * @param deadlineOf when a member must have spoken, in milliseconds since the epoch
   */
  static <M> Watched<M> nobody(ToLongFunction<M> deadlineOf) {
    return new Watched<>(TreeSeqMap$.MODULE$.empty(), deadlineOf, NEVER);
  }

  Map<String, M> byId() {
    return CollectionConverters.asJava(byId);
  }

  /**
   * No deadline is before this. It may be too early: who speaks moves its own deadline, and not
   * this, which {@link #checked} does.
   */
  long quietUntil() {
    return quietUntil;
  }

  /** With a member that is new, at the end, or has changed, in its place. */
  Watched<M> with(String id, M member) {
    long first = Math.min(quietUntil, deadlineOf.applyAsLong(member));
    return new Watched<>(byId.updated(id, member), deadlineOf, first);
  }

  Watched<M> without(String id) {
    return new Watched<>(byId.removed(id), deadlineOf, quietUntil);
  }

  /** The same with the deadline that is first now; to be called when time has passed it. */
  Watched<M> checked() {
    long first = byId().values().stream().mapToLong(deadlineOf).min().orElse(NEVER);
    return new Watched<>(byId, deadlineOf, first);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Watched<?> that && byId.equals(that.byId);
  }

  @Override
  public int hashCode() {
    return byId.hashCode();
  }

  @Override
  public String toString() {
    return byId.toString();
  }
}
