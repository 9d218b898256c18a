package io.castalia.streams.processing.runtime;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.sharding.ShardCoordinator.AbstractShardAllocationStrategy;
import org.apache.pekko.cluster.sharding.ShardCoordinator.ActorSystemDependentAllocationStrategy;
import org.apache.pekko.cluster.sharding.ShardCoordinator.ShardAllocationStrategy;
import scala.collection.immutable.IndexedSeq;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/**
 * Puts tasks on members that run the application, and has them moved away from those that have
 * stopped it: a region cannot be ended and begun again in the same actor system, so it stays. Among
 * the members that run it another strategy chooses.
 */
final class RunningMembers extends AbstractShardAllocationStrategy
    implements ActorSystemDependentAllocationStrategy {
  private final ShardAllocationStrategy among;
  private volatile Set<Address> running = Set.of();
  private volatile Address self = Address.apply("pekko", "unknown");

  RunningMembers(ShardAllocationStrategy among) {
    this.among = among;
  }

  /** These members run the application, as far as is known here. */
  void are(Set<Address> members) {
    running = Set.copyOf(members);
  }

  @Override
  public void start(ActorSystem system) {
    self = Cluster.get(system).selfAddress();
    if (among instanceof ActorSystemDependentAllocationStrategy dependent) {
      dependent.start(system);
    }
  }

  @Override
  public Future<ActorRef> allocateShard(
      ActorRef requester, String shard, Map<ActorRef, IndexedSeq<String>> allocations) {
    return among.allocateShard(requester, shard, scala(ofRunning(allocations)));
  }

  @Override
  public Future<Set<String>> rebalance(
      Map<ActorRef, IndexedSeq<String>> allocations, Set<String> moving) {
    Map<ActorRef, IndexedSeq<String>> left = ofRunning(allocations);
    Set<String> stranded = new HashSet<>();
    allocations.forEach(
        (region, shards) -> {
          if (!left.containsKey(region)) {
            stranded.addAll(CollectionConverters.asJava(shards));
          }
        });
    stranded.removeAll(moving);
    if (!stranded.isEmpty()) {
      return Future.successful(stranded);
    }
    scala.collection.immutable.Set<String> others =
        scala.collection.immutable.Set$.MODULE$.from(CollectionConverters.asScala(moving));
    return FutureConverters.asScala(
        FutureConverters.asJava(among.rebalance(scala(left), others))
            .thenApply(CollectionConverters::asJava));
  }

  /** Before it is known who runs it, or when nobody does, all do: nobody's tasks are woken then. */
  private Map<ActorRef, IndexedSeq<String>> ofRunning(
      Map<ActorRef, IndexedSeq<String>> allocations) {
    Map<ActorRef, IndexedSeq<String>> found = new HashMap<>(allocations);
    found.keySet().removeIf(region -> !running.contains(address(region)));
    return found.isEmpty() ? allocations : found;
  }

  private Address address(ActorRef region) {
    Address address = region.path().address();
    return address.hasLocalScope() ? self : address;
  }

  private static scala.collection.immutable.Map<ActorRef, IndexedSeq<String>> scala(
      Map<ActorRef, IndexedSeq<String>> map) {
    return scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(map));
  }
}
