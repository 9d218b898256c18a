package io.castalia.actors.partition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.HashMap;
import scala.collection.immutable.HashMap$;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/**
 * The idempotent producers of a partition by id. Immutable, and cheap to change: a partition may
 * have thousands, and each append makes a new state.
 */
final class Producers {
  static final Producers NONE = new Producers(HashMap$.MODULE$.empty(), -1);

  private final HashMap<Long, ProducerState> byId;

  /** No id greater than this one has been forgotten: ids are given out in their order. */
  private final long forgottenUpTo;

  private Producers(HashMap<Long, ProducerState> byId, long forgottenUpTo) {
    this.byId = byId;
    this.forgottenUpTo = forgottenUpTo;
  }

  /** Nothing but that producers up to an id may have been here. */
  static Producers forgotten(long upTo) {
    return new Producers(HashMap$.MODULE$.empty(), upTo);
  }

  Optional<ProducerState> find(long producerId) {
    return OptionConverters.toJava(byId.get(producerId));
  }

  Producers with(ProducerBatch batch) {
    ProducerState next =
        find(batch.producerId())
            .map(known -> known.with(batch))
            .orElseGet(() -> ProducerState.first(batch));
    return with(batch.producerId(), next);
  }

  Producers with(long producerId, ProducerState state) {
    return new Producers(byId.updated(producerId, state), forgottenUpTo);
  }

  /** Without the given producers, as far as they have appended nothing after {@code time}. */
  Producers without(Collection<Long> producerIds, long time) {
    HashMap<Long, ProducerState> kept = byId;
    long forgotten = forgottenUpTo;
    for (Long id : producerIds) {
      if (find(id).filter(state -> state.lastAppendedAt() <= time).isPresent()) {
        kept = kept.removed(id);
        forgotten = Math.max(forgotten, id);
      }
    }
    return new Producers(kept, forgotten);
  }

  /** The producers that have appended nothing after {@code time}. */
  List<Long> silentSince(long time) {
    List<Long> silent = new ArrayList<>();
    forEach(
        (id, state) -> {
          if (state.lastAppendedAt() <= time) {
            silent.add(id);
          }
        });
    return silent;
  }

  /** Whether a producer that is not known may have been known earlier. */
  boolean mayHaveForgotten(long producerId) {
    return producerId <= forgottenUpTo;
  }

  /** The greatest id that has been forgotten; -1: none. */
  long forgottenUpTo() {
    return forgottenUpTo;
  }

  int size() {
    return byId.size();
  }

  void forEach(BiConsumer<Long, ProducerState> action) {
    CollectionConverters.asJava(byId).forEach(action);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Producers that
        && byId.equals(that.byId)
        && forgottenUpTo == that.forgottenUpTo;
  }

  @Override
  public int hashCode() {
    return Objects.hash(byId, forgottenUpTo);
  }

  @Override
  public String toString() {
    return byId + ", forgotten up to " + forgottenUpTo;
  }
}
