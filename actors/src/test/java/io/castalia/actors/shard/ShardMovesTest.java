package io.castalia.actors.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.shard.ShardCommand.CloseAll;
import io.castalia.actors.shard.ShardCommand.TellAll;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.sharding.ShardCoordinator.AbstractShardAllocationStrategy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.IndexedSeq;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

class ShardMovesTest {
  private static final ActorTestKit KIT = ActorTestKit.create();

  private final TestProbe<ShardCommand> desk = KIT.createTestProbe();
  private final ActorRef region = Adapter.toClassic(KIT.createTestProbe().getRef());
  private final Map<ActorRef, IndexedSeq<String>> allocations = new HashMap<>();
  private final Even even = new Even();
  private final ShardMoves moves =
      new ShardMoves(
          "things", even, new LeavingNodes(), new ToldLoads(Duration.ofSeconds(20)), desk.getRef());

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  /** Wants to move the same shards as often as it is asked. */
  private final class Even extends AbstractShardAllocationStrategy {
    private CompletableFuture<scala.collection.immutable.Set<String>> wanted =
        CompletableFuture.completedFuture(wanted("1", "2", "3"));

    @Override
    public Future<ActorRef> allocateShard(
        ActorRef requester, String shard, Map<ActorRef, IndexedSeq<String>> regions) {
      return Future.successful(region);
    }

    @Override
    public Future<Set<String>> rebalance(
        Map<ActorRef, IndexedSeq<String>> regions, Set<String> moving) {
      return FutureConverters.asScala(
          wanted.thenApply(scala.jdk.javaapi.CollectionConverters::asJava));
    }
  }

  private static scala.collection.immutable.Set<String> wanted(String... shards) {
    return scala.collection.immutable.Set$.MODULE$.from(
        scala.jdk.javaapi.CollectionConverters.asScala(Set.of(shards)));
  }

  private CompletableFuture<Set<String>> rebalance() {
    return FutureConverters.asJava(moves.rebalance(allocations, Set.of())).toCompletableFuture();
  }

  private CloseAll closing() {
    return desk.expectMessageClass(CloseAll.class, Duration.ofSeconds(60));
  }

  private static <T> T join(CompletableFuture<T> future) {
    return future.orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Test
  void shouldBeginAFewMovesWhenAllGatesAreClosed() {
    CompletableFuture<Set<String>> first = rebalance();
    CloseAll order = closing();
    assertThat(order.shards()).hasSize(ShardMoves.AT_A_TIME);
    assertThat(first).isNotDone();

    order.done().complete(Done.getInstance());

    assertThat(join(first)).isEqualTo(order.shards());
  }

  @Test
  void shouldMoveNothingElseUntilTheShardsHaveTheirPlaces() {
    CompletableFuture<Set<String>> first = rebalance();
    CloseAll order = closing();
    order.done().complete(Done.getInstance());
    join(first);

    assertThat(join(rebalance())).isEmpty();
    order
        .shards()
        .forEach(
            shard -> {
              var unused = moves.allocateShard(region, shard, allocations);
              TellAll told = desk.expectMessageClass(TellAll.class, Duration.ofSeconds(60));
              assertThat(told.placed().shard()).isEqualTo(shard);
            });

    CompletableFuture<Set<String>> next = rebalance();
    closing().done().complete(Done.getInstance());
    assertThat(join(next)).isNotEmpty();
  }

  @Test
  void shouldNotChooseTheSameTwiceWhileItIsBeingFoundOut() {
    even.wanted = new CompletableFuture<>();
    CompletableFuture<Set<String>> first = rebalance();
    CompletableFuture<Set<String>> second = rebalance();

    even.wanted.complete(wanted("1", "2"));

    assertThat(join(second)).isEmpty();
    closing().done().complete(Done.getInstance());
    assertThat(join(first)).containsExactlyInAnyOrder("1", "2");
  }
}
