package io.castalia.api.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.sharding.ShardCoordinator.LeastShardAllocationStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.IndexedSeq;
import scala.jdk.javaapi.CollectionConverters;

class SelectedMembersTest {
  private static final Config CONFIG =
      ConfigFactory.parseString(
              """
              pekko.actor.provider = cluster
              pekko.loglevel = WARNING
              pekko.remote.artery.transport = tcp
              pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
              # A machine that stands still for a while has lost nobody.
              pekko.cluster.failure-detector.acceptable-heartbeat-pause = 60s
              """)
          .withFallback(ConfigFactory.load());

  /** A port at which nobody listens. */
  private static final int GONE = 1;

  private final ActorSystem first = ActorSystem.create("selected", CONFIG);
  private final ActorSystem second = ActorSystem.create("selected", CONFIG);

  /** The first member alone may have shards. */
  private final class First extends SelectedMembers {
    First() {
      super(new LeastShardAllocationStrategy(1, 1));
    }

    @Override
    protected boolean mayHaveShards(Member member) {
      return member.address().equals(addressOf(first));
    }
  }

  @AfterEach
  void stop() {
    first.terminate();
    second.terminate();
  }

  @Test
  void shouldHaveNothingMovedAwayFromMembersThatAreGone() {
    Cluster.get(first).join(addressOf(first));
    Cluster.get(second).join(addressOf(first));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Cluster.get(first).state().members().size() == 2);
    First strategy = new First();
    strategy.start(first);
    Map<ActorRef, IndexedSeq<String>> allocations =
        Map.of(
            region(addressOf(first)), shards("1"),
            region(addressOf(second)), shards("2", "3"),
            region(new Address("pekko", "selected", "127.0.0.1", GONE)), shards("4"));

    assertThat(strategy.stranded(allocations, Set.of("3"))).containsExactly("2");
  }

  private ActorRef region(Address member) {
    return ((ExtendedActorSystem) first).provider().resolveActorRef(member + "/system/region");
  }

  private static IndexedSeq<String> shards(String... shards) {
    return CollectionConverters.asScala(List.of(shards)).toIndexedSeq();
  }

  private static Address addressOf(ActorSystem member) {
    return Cluster.get(member).selfAddress();
  }
}
