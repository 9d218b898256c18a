package io.castalia.node.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CrashNoticeTest {
  /** Nothing else would find a dead node before the test ends. */
  private static final Config CONFIG =
      ConfigFactory.parseString(
              """
              pekko.actor.provider = cluster
              pekko.remote.artery.transport = tcp
              pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
              pekko.coordinated-shutdown.run-by-actor-system-terminate = off
              pekko.cluster.failure-detector.acceptable-heartbeat-pause = 10 minutes
              pekko.cluster.downing-provider-class = "org.apache.pekko.cluster.sbr.SplitBrainResolverProvider"
              """)
          .withFallback(ConfigFactory.load());

  private final List<ActorTestKit> nodes =
      Stream.generate(() -> ActorTestKit.create("crash-notice", CONFIG)).limit(3).toList();

  @AfterEach
  void stop() {
    nodes.forEach(ActorTestKit::shutdownTestKit);
  }

  @Test
  void shouldDeclareANodeDownWhoseProcessHasEnded() {
    nodes.forEach(
        node -> Cluster.get(node.system()).manager().tell(Join.create(address(nodes.get(0)))));
    nodes.forEach(node -> awaitMembers(node, 3));
    nodes.forEach(node -> node.spawn(CrashNotice.create()));

    nodes.get(2).shutdownTestKit();

    awaitMembers(nodes.get(0), 2);
    awaitMembers(nodes.get(1), 2);
    assertThat(members(nodes.get(0)))
        .extracting(Member::address)
        .doesNotContain(address(nodes.get(2)));
  }

  private static void awaitMembers(ActorTestKit node, int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                members(node).size() == count
                    && members(node).stream()
                        .allMatch(member -> member.status().equals(MemberStatus.up())));
  }

  private static List<Member> members(ActorTestKit node) {
    return StreamSupport.stream(
            Cluster.get(node.system()).state().getMembers().spliterator(), false)
        .toList();
  }

  private static org.apache.pekko.actor.Address address(ActorTestKit node) {
    return Cluster.get(node.system()).selfMember().address();
  }
}
