package io.castalia.persistence.journal;

import static io.castalia.persistence.store.StoreFaults.any;
import static io.castalia.persistence.store.StoreOperation.FENCES_OF;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.persistence.store.HeldCall;
import io.castalia.persistence.store.InMemoryLogStore;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.ScriptedLogStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.junit.jupiter.api.Test;

final class InMemoryFenceTest extends FenceContract {
  private final InMemoryLogStore store = InMemoryLogStore.create();

  @Override
  protected LogStore store() {
    return store;
  }

  @Test
  void shouldShareOneVerificationAmongTheWritesThatWaitForIt() {
    TestNode node = new TestNode(new ScriptedLogStore(store));
    for (int i = 0; i < 10; i++) {
      node.recover("log-" + i).join();
    }
    HeldCall verification = node.store.faults().hold(any(FENCES_OF));
    CompletableFuture<Done> first = node.append("log-0", 1, "x");
    AtomicInteger reads = node.count(FENCES_OF);
    for (int i = 1; i < 10; i++) {
      assertThat(node.append("log-" + i, 1, "x")).isNotDone();
    }

    verification.release();

    assertThat(first).isCompleted();
    assertThat(reads).hasValue(1);
    assertThat(node.appended).hasSize(10);
  }
}
