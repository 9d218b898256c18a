package io.castalia.actors.shard;

import io.castalia.actors.shard.ShardCommand.CloseAll;
import io.castalia.actors.shard.ShardCommand.TellAll;
import io.castalia.actors.shard.ShardMessage.ShardPlaced;
import io.castalia.api.internal.SelectedMembers;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.sharding.ShardCoordinator.ShardAllocationStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.collection.immutable.IndexedSeq;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/**
 * Moves a few shards at a time, those of nodes that leave before those that even out numbers and
 * those before those that even out load, and each only when no node asks anything of it. All nodes
 * are told where a shard is as soon as it has a place.
 *
 * <p>The coordinator changes one thing at a time. So of shards that begin to move together, each is
 * out of service until all have stopped.
 */
final class ShardMoves extends SelectedMembers {
  private static final Logger LOG = LoggerFactory.getLogger(ShardMoves.class);

  static final int AT_A_TIME = 2;

  /** A move that has not ended by then has failed, and may be begun again. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final String type;
  private final LeavingNodes leaving;
  private final RecipientRef<? super ShardCommand.Local> desk;

  /** Whether it is being found out what to move: the same must not be found twice. */
  private final AtomicBoolean choosing = new AtomicBoolean();

  private final LoadExchanges<ActorRef> exchanges;

  /** The shards that move, and since when by {@link System#nanoTime}. */
  private final ConcurrentMap<String, Long> moving = new ConcurrentHashMap<>();

  ShardMoves(
      String type,
      ShardAllocationStrategy among,
      LeavingNodes leaving,
      ToldLoads loads,
      RecipientRef<? super ShardCommand.Local> desk) {
    super(among);
    this.type = type;
    this.leaving = leaving;
    this.exchanges = new LoadExchanges<>(loads, System.nanoTime());
    this.desk = desk;
  }

  @Override
  protected boolean mayHaveShards(Member member) {
    return !leaving.contains(member.uniqueAddress());
  }

  @Override
  public Future<ActorRef> allocateShard(
      ActorRef requester, String shard, Map<ActorRef, IndexedSeq<String>> allocations) {
    Future<ActorRef> chosen =
        exchanges
            .takeDestination(shard, System.nanoTime())
            .filter(selected(allocations)::containsKey)
            .map(Future::successful)
            .orElseGet(() -> super.allocateShard(requester, shard, allocations));
    var unused = java(chosen).thenAccept(region -> placed(shard, address(region)));
    return chosen;
  }

  private void placed(String shard, Address member) {
    moving.remove(shard);
    desk.tell(new TellAll(new ShardPlaced(shard, member)));
  }

  @Override
  public Future<Set<String>> rebalance(
      Map<ActorRef, IndexedSeq<String>> allocations, Set<String> inProgress) {
    long now = System.nanoTime();
    moving.values().removeIf(since -> now - since > LONGEST.toNanos());
    Set<String> all = new HashSet<>(moving.keySet());
    all.addAll(inProgress);
    if (!choosing.compareAndSet(false, true)) {
      return Future.successful(Set.of());
    }
    return FutureConverters.asScala(
        next(allocations, all)
            .thenApply(wanted -> choose(wanted, AT_A_TIME - all.size()))
            .whenComplete((chosen, failure) -> choosing.set(false))
            .thenCompose(this::begin));
  }

  /** Shares are evened out only when nothing else moves, so that they are what they seem to be. */
  private CompletionStage<Collection<String>> next(
      Map<ActorRef, IndexedSeq<String>> allocations, Set<String> all) {
    Set<String> stranded = stranded(allocations, all);
    return stranded.isEmpty() && all.isEmpty()
        ? balanced(allocations, all).thenApply(uneven -> evened(allocations, uneven))
        : CompletableFuture.completedFuture(stranded);
  }

  /** First the numbers of shards, then their load. */
  private Collection<String> evened(
      Map<ActorRef, IndexedSeq<String>> allocations, Set<String> uneven) {
    long now = System.nanoTime();
    Map<ActorRef, Collection<String>> shards = new HashMap<>();
    selected(allocations)
        .forEach((region, its) -> shards.put(region, CollectionConverters.asJava(its)));
    if (!uneven.isEmpty()) {
      return exchanges.first(uneven, shards, AT_A_TIME, now);
    }
    return isSettled() ? exchanges.next(shards, now) : List.of();
  }

  private Set<String> choose(Collection<String> wanted, int room) {
    Set<String> some = wanted.stream().limit(Math.max(0, room)).collect(Collectors.toSet());
    long now = System.nanoTime();
    some.forEach(shard -> moving.put(shard, now));
    return some;
  }

  private CompletionStage<Set<String>> begin(Set<String> some) {
    if (some.isEmpty()) {
      return CompletableFuture.completedFuture(some);
    }
    LOG.info("Shards {} of {} move to other nodes", some, type);
    CompletableFuture<Done> closed = new CompletableFuture<>();
    desk.tell(new CloseAll(some, closed));
    return closed.thenApply(done -> some);
  }
}
