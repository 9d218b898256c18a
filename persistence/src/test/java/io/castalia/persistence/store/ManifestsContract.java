package io.castalia.persistence.store;

import static io.castalia.persistence.store.Stored.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A manifest changes as a whole, and only for who knows what it was before. */
interface ManifestsContract extends StoreUnderTest {
  @Test
  default void shouldCreateManifestOnlyOnce() throws Exception {
    ManifestChange mine = change(0, List.of(open(1, 0, 1)), List.of());

    assertThat(await(store().readManifest(log()))).isEmpty();
    assertThat(await(store().changeManifest(log(), Optional.empty(), mine))).isTrue();
    assertThat(
            await(
                store()
                    .changeManifest(
                        log(), Optional.empty(), change(5, List.of(open(1, 5, 1)), List.of()))))
        .isFalse();

    assertThat(await(store().readManifest(log())))
        .contains(new LogManifest(0, mine.owner(), mine.nonce(), 0, List.of(open(1, 0, 1))));
  }

  @Test
  default void shouldShowACompletedChangeToACheapRead() throws Exception {
    ManifestChange mine = change(0, List.of(open(1, 0, 1)), List.of());

    assertThat(await(store().peekManifest(log()))).isEmpty();
    await(store().changeManifest(log(), Optional.empty(), mine));

    assertThat(await(store().peekManifest(log()))).isEqualTo(await(store().readManifest(log())));
    assertThat(await(store().peekManifest(log()))).isPresent();
    await(store().deleteManifest(log(), mine.nonce()));
    assertThat(await(store().peekManifest(log()))).isEmpty();
  }

  @Test
  default void shouldRefuseManifestChangeOnAnotherNonce() throws Exception {
    ManifestChange mine = change(0, List.of(open(1, 0, 1)), List.of());
    await(store().changeManifest(log(), Optional.empty(), mine));

    boolean applied =
        await(
            store()
                .changeManifest(
                    log(),
                    Optional.of(UUID.randomUUID()),
                    change(1, List.of(open(2, 1, 1)), List.of(1L))));

    assertThat(applied).isFalse();
    assertThat(await(store().readManifest(log())).orElseThrow().nonce()).isEqualTo(mine.nonce());
  }

  @Test
  default void shouldRefuseManifestChangeOfAnAbsentLog() throws Exception {
    assertThat(
            await(
                store()
                    .changeManifest(
                        log(),
                        Optional.of(UUID.randomUUID()),
                        change(0, List.of(open(1, 0, 1)), List.of()))))
        .isFalse();
    assertThat(await(store().readManifest(log()))).isEmpty();
  }

  @Test
  default void shouldReplaceAddAndRemoveSegmentsInOneChange() throws Exception {
    ManifestChange first =
        change(0, List.of(sealed(1, 0, 1, 5), sealed(2, 0, 6, 9), open(3, 0, 10)), List.of());
    await(store().changeManifest(log(), Optional.empty(), first));
    ManifestChange second =
        new ManifestChange(
            1,
            UUID.randomUUID(),
            UUID.randomUUID(),
            5,
            List.of(sealed(3, 0, 10, 12), open(4, 1, 13)),
            List.of(1L));

    assertThat(await(store().changeManifest(log(), Optional.of(first.nonce()), second))).isTrue();

    assertThat(await(store().readManifest(log())))
        .contains(
            new LogManifest(
                1,
                second.owner(),
                second.nonce(),
                5,
                List.of(sealed(2, 0, 6, 9), sealed(3, 0, 10, 12), open(4, 1, 13))));
  }

  @Test
  default void shouldDeleteManifestOnItsNonceOnly() throws Exception {
    ManifestChange mine = change(0, List.of(open(1, 0, 1)), List.of());
    await(store().changeManifest(log(), Optional.empty(), mine));

    assertThat(await(store().deleteManifest(log(), UUID.randomUUID()))).isFalse();
    assertThat(await(store().deleteManifest(log(), mine.nonce()))).isTrue();
    assertThat(await(store().readManifest(log()))).isEmpty();
  }

  private static ManifestChange change(int epoch, List<StoredSegment> put, List<Long> remove) {
    return new ManifestChange(epoch, UUID.randomUUID(), UUID.randomUUID(), 0, put, remove);
  }

  private static StoredSegment open(long number, int epoch, long firstSequence) {
    return new StoredSegment(number, epoch, firstSequence, -1, firstSequence * 10, -1, 0, -1);
  }

  private static StoredSegment sealed(long number, int epoch, long first, long last) {
    return new StoredSegment(number, epoch, first, last, first * 10, last * 10 + 10, 99, 1234);
  }
}
