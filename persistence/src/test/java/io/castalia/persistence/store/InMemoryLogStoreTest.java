package io.castalia.persistence.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.persistence.StoreUnavailableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;

final class InMemoryLogStoreTest implements LogStoreContract {
  private final InMemoryLogStore store = InMemoryLogStore.create();

  @Override
  public LogStore store() {
    return store;
  }

  @Override
  public String log() {
    return "log";
  }

  @Test
  void shouldShareDataBetweenConnectionsOfOneName() {
    String name = UUID.randomUUID().toString();
    write(InMemoryLogStore.connect(name), "head").join();

    assertThat(headers(InMemoryLogStore.connect(name))).isEqualTo(1);
    InMemoryLogStore.forget(name);
    assertThat(headers(InMemoryLogStore.connect(name))).isZero();
  }

  @Test
  void shouldFailOnceWithAndWithoutApplying() {
    store.faults().failNotApplied(StoreFaults.any(StoreOperation.WRITE_ENTRY));
    assertThat(write(store, "head"))
        .failsWithin(Duration.ofSeconds(1))
        .withThrowableThat()
        .withCauseInstanceOf(StoreUnavailableException.class);
    assertThat(headers(store)).isZero();

    store.faults().failApplied(StoreFaults.any(StoreOperation.WRITE_ENTRY));
    assertThat(write(store, "head")).isCompletedExceptionally();
    assertThat(headers(store)).isEqualTo(1);
    assertThat(write(store, "head")).isCompleted();
  }

  @Test
  void shouldHoldACallAndApplyItAfterItFailed() {
    HeldCall held = store.faults().hold(StoreFaults.any(StoreOperation.WRITE_ENTRY));
    CompletableFuture<Done> write = write(store, "head");

    assertThat(held.arrived().toCompletableFuture()).isCompleted();
    assertThat(write).isNotDone();
    held.fail();
    assertThat(write).isCompletedExceptionally();
    assertThat(headers(store)).isZero();
    held.apply();
    assertThat(headers(store)).isEqualTo(1);
  }

  @Test
  void shouldHoldACallBetweenItsEffectAndItsAnswer() {
    HeldCall held = store.faults().hold(StoreFaults.any(StoreOperation.WRITE_ENTRY));
    CompletableFuture<Done> write = write(store, "head");

    held.apply();
    assertThat(headers(store)).isEqualTo(1);
    assertThat(write).isNotDone();
    held.release();
    assertThat(write).isCompleted();
  }

  @Test
  void shouldFailOneConnectionOnly() {
    InMemoryLogStore other = store.reconnect();
    store.faults().unavailable(true);

    assertThat(write(store, "head")).isCompletedExceptionally();
    assertThat(write(other, "head")).isCompleted();
    store.faults().clear();
    assertThat(headers(store)).isEqualTo(1);
  }

  @Test
  void shouldAnswerLaterWhenDelayed() {
    Duration delay = Duration.ofMillis(20);
    store.faults().delay(delay);
    long begin = System.nanoTime();

    assertThat(write(store, "head")).succeedsWithin(60, TimeUnit.SECONDS);

    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(delay.toNanos());
  }

  @Test
  void shouldRefuseARowWithOtherContent() {
    write(store, "one").join();

    assertThat(write(store, "two"))
        .failsWithin(Duration.ofSeconds(1))
        .withThrowableThat()
        .withCauseInstanceOf(IllegalStateException.class);
  }

  private static CompletableFuture<Done> write(LogStore store, String header) {
    ByteBuffer head = ByteBuffer.wrap(header.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return store
        .writeEntry(new StoredEntry("a", 1, 1, -1, -1, -1, 0, head, ByteBuffer.allocate(0)))
        .toCompletableFuture();
  }

  private static int headers(LogStore store) {
    return store.readHeaders("a", 1, 1, 9, 9).toCompletableFuture().join().size();
  }
}
