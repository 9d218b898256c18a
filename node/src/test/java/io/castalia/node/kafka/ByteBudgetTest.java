package io.castalia.node.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.node.kafka.ByteBudget.Lease;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {
  private final ByteBudget budget = new ByteBudget(100);

  private CompletableFuture<Lease> acquire(long bytes) {
    return budget.acquire(bytes).toCompletableFuture();
  }

  @Test
  void shouldLetWaitWhatDoesNotFit() {
    Lease first = acquire(60).join();
    CompletableFuture<Lease> second = acquire(60);
    assertThat(second).isNotDone();
    first.release();
    assertThat(second).isDone();
    assertThat(budget.available()).isEqualTo(40);
  }

  @Test
  void shouldServeWaitersInOrder() {
    Lease first = acquire(90).join();
    CompletableFuture<Lease> large = acquire(80);
    CompletableFuture<Lease> small = acquire(5);
    assertThat(small).as("does not overtake").isNotDone();
    first.release();
    assertThat(large).isDone();
    assertThat(small).isDone();
  }

  @Test
  void shouldGiveBackOnce() {
    Lease lease = acquire(60).join();
    lease.release();
    lease.release();
    lease.resize(10);
    assertThat(budget.available()).isEqualTo(100);
  }

  @Test
  void shouldGiveBackTheRestWhenALeaseShrinks() {
    Lease lease = acquire(100).join();
    CompletableFuture<Lease> other = acquire(70);
    lease.resize(30);
    assertThat(other).isDone();
    lease.release();
    assertThat(budget.available()).isEqualTo(30);
  }

  @Test
  void shouldGrantMoreThanTheLimitOnlyAlone() {
    Lease small = acquire(1).join();
    CompletableFuture<Lease> huge = acquire(500);
    assertThat(huge).isNotDone();
    small.release();
    assertThat(huge).isDone();
    assertThat(acquire(1)).isNotDone();
  }
}
