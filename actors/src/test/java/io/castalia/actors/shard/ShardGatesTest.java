package io.castalia.actors.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;

class ShardGatesTest {
  private final List<Runnable> afterLongest = new ArrayList<>();
  private final ShardGates gates = new ShardGates(Duration.ofSeconds(3), afterLongest::add);
  private final List<String> made = new ArrayList<>();

  private CompletableFuture<String> request(String name) {
    return gates.pass(
        "7",
        () -> {
          made.add(name);
          return CompletableFuture.completedFuture(name + " done");
        });
  }

  @Test
  void shouldHoldRequestsUntilTheShardHasMovedAndKeepTheirOrder() {
    gates.close("7");
    CompletableFuture<String> first = request("a");
    CompletableFuture<String> second = request("b");
    assertThat(made).isEmpty();

    gates.open("7");
    CompletableFuture<String> third = request("c");

    assertThat(made).containsExactly("a", "b", "c");
    assertThat(List.of(first, second, third)).allMatch(CompletableFuture::isDone);
    assertThat(first).isCompletedWithValue("a done");
  }

  @Test
  void shouldTellWhoClosesWhenAllThatHasPassedIsAnswered() {
    CompletableFuture<String> answer = new CompletableFuture<>();
    CompletableFuture<String> passed = gates.pass("7", () -> answer);

    CompletableFuture<Done> closed = gates.close("7").toCompletableFuture();
    assertThat(closed).isNotDone();
    answer.complete("late");

    assertThat(closed).isCompleted();
    assertThat(passed).isCompletedWithValue("late");
    assertThat(gates.close("7").toCompletableFuture()).isCompleted();
  }

  @Test
  void shouldNotWaitForRequestsThatMovingEnds() {
    CompletableFuture<String> waits = gates.passUncounted("7", CompletableFuture::new);

    assertThat(gates.close("7").toCompletableFuture()).isCompleted();
    assertThat(waits).isNotDone();
  }

  @Test
  void shouldCountWhatWasHeldOnceItHasPassed() {
    CompletableFuture<String> answer = new CompletableFuture<>();
    gates.close("7");
    CompletableFuture<String> held = gates.pass("7", () -> answer);
    gates.open("7");

    CompletableFuture<Done> closed = gates.close("7").toCompletableFuture();

    assertThat(closed).isNotDone();
    answer.completeExceptionally(new IllegalStateException("refused"));
    assertThat(closed).isCompleted();
    assertThat(held).isCompletedExceptionally();
  }

  @Test
  void shouldLeaveOtherShardsAlone() {
    gates.close("8");

    assertThat(request("a")).isCompletedWithValue("a done");
  }

  @Test
  void shouldOpenByItselfWhenWhoeverClosedItIsGone() {
    gates.close("7");
    CompletableFuture<String> held = request("a");

    afterLongest.forEach(Runnable::run);

    assertThat(held).isCompletedWithValue("a done");
  }

  @Test
  void shouldNotOpenForAnEarlierClosing() {
    gates.close("7");
    gates.open("7");
    gates.close("7");
    CompletableFuture<String> held = request("a");

    afterLongest.get(0).run();

    assertThat(held).isNotDone();
  }
}
