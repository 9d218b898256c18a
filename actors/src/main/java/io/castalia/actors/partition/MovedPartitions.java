package io.castalia.actors.partition;

import io.castalia.actors.shard.ShardListener;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.Address;

/**
 * The partitions that this node has given away. It has each opened at its new place at once,
 * whether or not somebody asks for it, and knows then that its clients have to go elsewhere.
 * Thread-safe.
 */
final class MovedPartitions implements ShardListener {
  private final Address self;
  private final Function<String, Set<PartitionId>> here;
  private final Function<PartitionId, CompletionStage<PartitionBounds>> open;
  private final ConcurrentMap<String, Set<PartitionId>> going = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Set<PartitionId>> gone = new ConcurrentHashMap<>();
  private final List<BiConsumer<String, Address>> watchers = new CopyOnWriteArrayList<>();

  /**
   * Nothing has moved yet.
   *
   * @param self the address of this node
   * @param here the partitions of a shard that this node has in memory
   * @param open has a partition opened, wherever it is
   */
  MovedPartitions(
      Address self,
      Function<String, Set<PartitionId>> here,
      Function<PartitionId, CompletionStage<PartitionBounds>> open) {
    this.self = self;
    this.here = here;
    this.open = open;
  }

  /** Has the watcher told of every shard that gets a place. */
  void watch(BiConsumer<String, Address> watcher) {
    watchers.add(watcher);
  }

  /** Whether this node had a partition in memory until it moved, and another has opened it. */
  boolean contains(String shard, PartitionId partition) {
    return gone.getOrDefault(shard, Set.of()).contains(partition);
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
      Set<PartitionId> elsewhere = ConcurrentHashMap.newKeySet();
      gone.put(shard, elsewhere);
      left.forEach(partition -> open(partition, elsewhere));
    }
  }

  private void open(PartitionId partition, Set<PartitionId> elsewhere) {
    var unused =
        open.apply(partition)
            .thenAccept(
                bounds -> {
                  if (bounds.error() == Errors.NONE) {
                    elsewhere.add(partition);
                  }
                });
  }
}
