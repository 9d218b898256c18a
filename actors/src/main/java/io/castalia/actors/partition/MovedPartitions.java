package io.castalia.actors.partition;

import io.castalia.actors.shard.ShardListener;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.Address;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that this node has given away. It has each opened at its new place at once,
 * whether or not somebody asks for it, and knows then that its clients have to go elsewhere.
 * Thread-safe.
 */
final class MovedPartitions implements ShardListener {
  private static final Logger LOG = LoggerFactory.getLogger(MovedPartitions.class);

  /** Then it is opened when somebody asks for it, as any other. */
  private static final int MOST_TRIES = 10;

  private final Address self;
  private final Function<String, Set<PartitionId>> here;
  private final Function<PartitionId, CompletionStage<PartitionBounds>> open;
  private final Executor later;
  private final ConcurrentMap<String, Set<PartitionId>> going = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Move> gone = new ConcurrentHashMap<>();
  private final List<BiConsumer<String, Address>> watchers = new CopyOnWriteArrayList<>();

  /** A shard that has gone elsewhere, with the partitions of it that are open there. */
  private static final class Move {
    private final String shard;
    private final Set<PartitionId> opened = ConcurrentHashMap.newKeySet();

    private Move(String shard) {
      this.shard = shard;
    }
  }

  /**
   * Nothing has moved yet.
   *
   * @param self the address of this node
   * @param here the partitions of a shard that this node has in memory
   * @param open has a partition opened, wherever it is
   * @param later when a partition that could not be opened is tried again
   */
  MovedPartitions(
      Address self,
      Function<String, Set<PartitionId>> here,
      Function<PartitionId, CompletionStage<PartitionBounds>> open,
      Executor later) {
    this.self = self;
    this.here = here;
    this.open = open;
    this.later = later;
  }

  /** Has the watcher told of every shard that gets a place. */
  void watch(BiConsumer<String, Address> watcher) {
    watchers.add(watcher);
  }

  /** Whether this node had a partition in memory until it moved, and another has opened it. */
  boolean contains(String shard, PartitionId partition) {
    Move move = gone.get(shard);
    return move != null && move.opened.contains(partition);
  }

  @Override
  public void moving(String shard) {
    Set<PartitionId> found = here.apply(shard);
    if (!found.isEmpty()) {
      going.put(shard, found);
    }
  }

  @Override
  public void placed(String shard, Address member) {
    watchers.forEach(watcher -> watcher.accept(shard, member));
    Set<PartitionId> left = going.remove(shard);
    gone.remove(shard);
    if (left != null && !member.equals(self)) {
      Move move = new Move(shard);
      gone.put(shard, move);
      left.forEach(partition -> open(move, partition, 1));
    }
  }

  private void open(Move move, PartitionId partition, int tries) {
    var unused =
        open.apply(partition)
            .whenComplete(
                (bounds, failure) -> {
                  if (failure == null && bounds.error() == Errors.NONE) {
                    move.opened.add(partition);
                  } else if (gone.get(move.shard) == move) {
                    openLater(move, partition, tries, failure == null ? bounds.error() : failure);
                  }
                });
  }

  private void openLater(Move move, PartitionId partition, int tries, Object why) {
    if (tries < MOST_TRIES) {
      later.execute(() -> open(move, partition, tries + 1));
    } else {
      LOG.warn(
          "The partition \"{}\" has moved, but could not be opened in {} tries: {}",
          partition.entityId(),
          tries,
          why);
    }
  }
}
