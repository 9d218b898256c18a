package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedNodesTest {
  private static final List<String> ALL = List.of("a:1", "b:2", "c:3");

  @Test
  void shouldHaveTheFirstAskAllThatMayBeThereBeforeItFormsACluster() {
    assertThat(seeds("a", 1, Set.of("c:3")).toAsk()).containsExactly("a:1", "b:2");
  }

  @Test
  void shouldHaveTheFirstFormAClusterWhenNothingListensElsewhere() {
    assertThat(seeds("a", 1, Set.of("b:2", "c:3")).toAsk()).containsExactly("a:1");
  }

  @Test
  void shouldNeverHaveAnotherFormACluster() {
    assertThat(seeds("b", 2, Set.of("a:1", "c:3")).toAsk()).containsExactly("a:1", "c:3");
  }

  @Test
  void shouldNeverHaveANodeThatIsNoSeedFormACluster() {
    assertThat(seeds("d", 4, Set.copyOf(ALL)).toAsk()).containsExactlyElementsOf(ALL);
  }

  @Test
  void shouldSayWhereNothingListens() {
    assertThat(seeds("c", 3, Set.of("b:2")).describe())
        .isEqualTo("a:1 (may be there, but does not answer), b:2 (refuses connections)");
  }

  private static SeedNodes seeds(String host, int port, Set<String> dead) {
    return new SeedNodes(new ClusterSettings(host, port, ALL, "", List.of(), true), dead::contains);
  }
}
