package io.castalia.persistence.journal;

import io.castalia.persistence.store.InMemoryLogStore;
import io.castalia.persistence.store.LogStore;

final class InMemoryDownedWriterTest extends DownedWriterContract {
  private final InMemoryLogStore store = InMemoryLogStore.create();

  @Override
  protected LogStore store() {
    return store;
  }
}
