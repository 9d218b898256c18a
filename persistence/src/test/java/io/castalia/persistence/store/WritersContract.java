package io.castalia.persistence.store;

import static io.castalia.persistence.store.Stored.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Writers are registered, and fenced by others. */
interface WritersContract extends StoreUnderTest {
  @Test
  default void shouldTellTheFencesOfARegisteredWriter() throws Exception {
    UUID writer = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    await(store().registerWriter(writer));
    assertThat(await(store().fencesOf(writer))).contains(Set.of());

    await(store().fence(writer, log(), other));
    await(store().fence(writer, log(), UUID.randomUUID()));
    await(store().fence(writer, "*", other));

    assertThat(await(store().fencesOf(writer))).contains(Set.of(log(), "*"));
  }

  @Test
  default void shouldNotTakeAFencedWriterForARegisteredOne() throws Exception {
    UUID writer = UUID.randomUUID();

    await(store().fence(writer, "*", UUID.randomUUID()));

    assertThat(await(store().fencesOf(writer))).isEmpty();
  }
}
