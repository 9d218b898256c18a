package io.castalia.actors.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Members that are their own deadlines. */
class WatchedTest {
  private final AtomicInteger looks = new AtomicInteger();
  private final Watched<Long> nobody =
      Watched.nobody(
          deadline -> {
            looks.incrementAndGet();
            return deadline;
          });

  @Test
  void shouldKeepTheOrderInWhichMembersCame() {
    Watched<Long> group = nobody.with("b", 1L).with("a", 2L).with("c", 3L).with("b", 4L);

    assertThat(group.byId().keySet()).containsExactly("b", "a", "c");
    assertThat(group.without("b").with("b", 5L).byId().keySet()).containsExactly("a", "c", "b");
  }

  @Test
  void shouldNeverBeQuietForTooLong() {
    assertThat(nobody.quietUntil()).isEqualTo(Watched.NEVER);
    assertThat(nobody.with("a", 20L).quietUntil()).isEqualTo(20);
    assertThat(nobody.with("a", 20L).with("b", 10L).quietUntil()).isEqualTo(10);
    assertThat(nobody.with("a", 20L).with("a", 10L).quietUntil()).isEqualTo(10);
  }

  @Test
  void shouldFindTheFirstDeadlineWhenAsked() {
    Watched<Long> group = nobody.with("a", 10L).with("b", 20L).with("a", 30L);
    assertThat(group.quietUntil()).isLessThanOrEqualTo(20);

    assertThat(group.checked().quietUntil()).isEqualTo(20);
    assertThat(group.without("b").checked().quietUntil()).isEqualTo(30);
    assertThat(group.without("a").without("b").checked().quietUntil()).isEqualTo(Watched.NEVER);
  }

  @Test
  void shouldLookAtNobodyElseWhenAMemberSpeaks() {
    Watched<Long> group = nobody;
    for (long id = 0; id < 1_000; id++) {
      group = group.with("m" + id, id);
    }
    looks.set(0);

    Watched<Long> after = group.with("m500", 2_000L);

    assertThat(looks).hasValue(1);
    assertThat(after.byId()).hasSize(1_000).containsEntry("m500", 2_000L);
    assertThat(group.byId()).containsEntry("m500", 500L);
  }
}
