package io.castalia.api.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ShardCoordinator.AbstractShardAllocationStrategy;
import org.apache.pekko.cluster.sharding.ShardCoordinator.ActorSystemDependentAllocationStrategy;
import org.apache.pekko.cluster.sharding.ShardCoordinator.ShardAllocationStrategy;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.IndexedSeq;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/**
 * Puts shards on some of the members that could have them, and has shards moved away from all
 * others. Among those members another strategy chooses.
 */
public abstract class SelectedMembers extends AbstractShardAllocationStrategy
    implements ActorSystemDependentAllocationStrategy {
  private final ShardAllocationStrategy among;
  private volatile @Nullable Cluster cluster;

  /**
   * Selects nobody by itself.
   *
   * @param among chooses among the members that are selected
   */
  protected SelectedMembers(ShardAllocationStrategy among) {
    this.among = among;
  }

  /** Whether a member may have shards. While none may, all may. */
  protected abstract boolean mayHaveShards(Member member);

  @Override
  public void start(ActorSystem system) {
    cluster = Cluster.get(system);
    if (among instanceof ActorSystemDependentAllocationStrategy dependent) {
      dependent.start(system);
    }
  }

  @Override
  public Future<ActorRef> allocateShard(
      ActorRef requester, String shard, Map<ActorRef, IndexedSeq<String>> allocations) {
    return among.allocateShard(requester, shard, scala(selected(allocations)));
  }

  @Override
  public Future<Set<String>> rebalance(
      Map<ActorRef, IndexedSeq<String>> allocations, Set<String> moving) {
    Set<String> stranded = stranded(allocations, moving);
    return stranded.isEmpty()
        ? FutureConverters.asScala(balanced(allocations, moving))
        : Future.successful(stranded);
  }

  /**
   * The shards of members that may not have them, unless they move already. What a dead member had
   * gets another place by itself: asked to give it up, it would be waited for instead, until that
   * times out.
   */
  protected final Set<String> stranded(
      Map<ActorRef, IndexedSeq<String>> allocations, Set<String> moving) {
    Map<ActorRef, IndexedSeq<String>> left = selected(allocations);
    Set<Address> alive = alive();
    Set<String> stranded = new HashSet<>();
    allocations.forEach(
        (region, shards) -> {
          if (!left.containsKey(region) && alive.contains(address(region))) {
            stranded.addAll(CollectionConverters.asJava(shards));
          }
        });
    stranded.removeAll(moving);
    return stranded;
  }

  /** What the other strategy would move among the members that may have shards. */
  protected final CompletionStage<Set<String>> balanced(
      Map<ActorRef, IndexedSeq<String>> allocations, Set<String> moving) {
    scala.collection.immutable.Set<String> others =
        scala.collection.immutable.Set$.MODULE$.from(CollectionConverters.asScala(moving));
    return java(among.rebalance(scala(selected(allocations)), others))
        .thenApply(CollectionConverters::asJava);
  }

  /**
   * The same as a stage. What is there already is told at once, in the coordinator's own thread;
   * Scala's own conversion tells it later in another one.
   */
  protected static <T> CompletionStage<T> java(Future<T> future) {
    return future.isCompleted() && future.value().get().isSuccess()
        ? CompletableFuture.completedFuture(future.value().get().get())
        : FutureConverters.asJava(future);
  }

  /** The member that a region is on. */
  protected final Address address(ActorRef region) {
    Address address = region.path().address();
    Cluster own = cluster;
    return own != null && address.hasLocalScope() ? own.selfAddress() : address;
  }

  /** What those members have that may have shards; while none may, all. */
  protected final Map<ActorRef, IndexedSeq<String>> selected(
      Map<ActorRef, IndexedSeq<String>> allocations) {
    Map<ActorRef, IndexedSeq<String>> found = new HashMap<>(allocations);
    Set<Address> members = selected();
    found.keySet().removeIf(region -> !members.contains(address(region)));
    return found.isEmpty() ? allocations : found;
  }

  /** Whether no member comes, goes, or is not heard of. */
  protected final boolean isSettled() {
    Cluster own = cluster;
    if (own == null) {
      return false;
    }
    for (Member member : own.state().getMembers()) {
      if (member.status() != MemberStatus.up()) {
        return false;
      }
    }
    return own.state().getUnreachable().isEmpty();
  }

  /** Members that are heard of, and have not been declared down. */
  private Set<Address> alive() {
    Set<Address> alive = new HashSet<>();
    Cluster own = cluster;
    if (own != null) {
      Set<Member> unreachable = own.state().getUnreachable();
      for (Member member : own.state().getMembers()) {
        if (member.status() != MemberStatus.down() && !unreachable.contains(member)) {
          alive.add(member.address());
        }
      }
    }
    return alive;
  }

  /** One that is a member no more has nothing to say. */
  private Set<Address> selected() {
    Set<Address> selected = new HashSet<>();
    if (cluster != null) {
      for (Member member : cluster.state().getMembers()) {
        if (mayHaveShards(member)) {
          selected.add(member.address());
        }
      }
    }
    return selected;
  }

  private static scala.collection.immutable.Map<ActorRef, IndexedSeq<String>> scala(
      Map<ActorRef, IndexedSeq<String>> map) {
    return scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(map));
  }
}
