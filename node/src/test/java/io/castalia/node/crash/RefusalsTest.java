package io.castalia.node.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.UniqueAddress;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private static final UniqueAddress A = node(1);
  private static final UniqueAddress B = node(2);
  private static final UniqueAddress C = node(3);
  private static final Set<UniqueAddress> THREE = Set.of(A, B, C);

  private final Refusals refusals = new Refusals(A);

  @Test
  void shouldNameANodeThatGoesOnRefusing() {
    refusals.refused(B, millis(0));

    assertThat(refusals.judge(THREE, millis(100))).isEmpty();
    refusals.refused(B, millis(200));
    assertThat(refusals.judge(THREE, millis(301))).containsExactly(B);
  }

  @Test
  void shouldNameANodeOnce() {
    refusals.refused(B, millis(0));
    refusals.judge(THREE, millis(400));

    assertThat(refusals.judge(THREE, millis(500))).isEmpty();
  }

  @Test
  void shouldForgetANodeThatTookAConnection() {
    refusals.refused(B, millis(0));
    refusals.forget(B);
    refusals.refused(B, millis(250));

    assertThat(refusals.judge(THREE, millis(400))).isEmpty();
  }

  @Test
  void shouldNameNobodyWhereHalfOfTheNodesRefuse() {
    refusals.refused(B, millis(0));
    refusals.refused(C, millis(100));

    assertThat(refusals.judge(THREE, millis(900))).isEmpty();
    assertThat(refusals.judge(Set.of(A, B), millis(900))).isEmpty();
  }

  @Test
  void shouldBelieveNodesOfItsOwnHost() {
    UniqueAddress neighbour =
        new UniqueAddress(new Address("pekko", "castalia", "host1", 7001), 5L);
    refusals.refused(neighbour, millis(0));

    assertThat(refusals.judge(Set.of(A, neighbour), millis(100))).isEmpty();
    assertThat(refusals.judge(Set.of(A, neighbour), millis(400))).containsExactly(neighbour);
  }

  @Test
  void shouldNotCountItselfTheMajorityOfWhatItHasLeft() {
    refusals.refused(B, millis(0));
    assertThat(refusals.judge(THREE, millis(400))).containsExactly(B);
    refusals.forget(B);
    refusals.refused(C, millis(500));

    assertThat(refusals.judge(Set.of(A, C, node(4)), millis(900))).isEmpty();
    assertThat(refusals.judge(Set.of(A, C, node(4)), millis(31_000))).containsExactly(C);
  }

  @Test
  void shouldLeaveNodesThatAreNotOfTheClusterAlone() {
    refusals.refused(node(9), millis(0));

    assertThat(refusals.judge(THREE, millis(900))).isEmpty();
  }

  private static long millis(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }

  private static UniqueAddress node(long number) {
    return new UniqueAddress(new Address("pekko", "castalia", "host" + number, 7000), number);
  }
}
