package io.castalia.persistence.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every {@link LogStore} must do. Logs have fresh names, so a store may be shared. */
public abstract class LogStoreContract {
  private static final long MAX = Long.MAX_VALUE;

  private final String log = "log-" + UUID.randomUUID();

  /** The store under test; may be the same for all tests. */
  protected abstract LogStore store();

  @Test
  void shouldReadEntriesInOrderWithinInclusiveBounds() throws Exception {
    for (long sequence : List.of(3L, 1L, 4L, 2L, 5L)) {
      await(store().writeEntry(entry(1, sequence, "bulk-" + sequence)));
    }

    List<StoredEntry> read = await(store().readEntries(log, 1, 2, 4));

    assertThat(read).extracting(StoredEntry::sequence).containsExactly(2L, 3L, 4L);
    assertThat(read).extracting(each -> text(each.bulk())).contains("bulk-2", "bulk-3", "bulk-4");
  }

  @Test
  void shouldReadBackEveryColumn() throws Exception {
    StoredEntry written =
        new StoredEntry(log, 7, 9, 100, 149, 1_700_000_000_000L, 4, bytes("head"), bytes("bulk"));

    await(store().writeEntry(written));

    assertThat(await(store().readEntries(log, 7, 9, 9))).containsExactly(written);
  }

  @Test
  void shouldReadHeadersWithoutBulkUpToTheLimit() throws Exception {
    for (long sequence = 1; sequence <= 5; sequence++) {
      await(store().writeEntry(entry(1, sequence, "bulk")));
    }

    List<StoredEntry> read = await(store().readHeaders(log, 1, 2, MAX, 3));

    assertThat(read).extracting(StoredEntry::sequence).containsExactly(2L, 3L, 4L);
    assertThat(read).allSatisfy(each -> assertThat(each.bulk().remaining()).isZero());
    assertThat(read).allSatisfy(each -> assertThat(each.bulkSize()).isEqualTo(4));
    assertThat(read).allSatisfy(each -> assertThat(text(each.header())).startsWith("header-"));
  }

  @Test
  void shouldAcceptTheSameRowTwice() throws Exception {
    await(store().writeEntry(entry(1, 1, "bulk")));
    await(store().writeEntry(entry(1, 1, "bulk")));

    assertThat(await(store().readEntries(log, 1, 1, MAX))).hasSize(1);
  }

  @Test
  void shouldKeepSegmentsAndLogsApart() throws Exception {
    await(store().writeEntry(entry(1, 1, "first")));
    await(store().writeEntry(entry(2, 1, "second")));

    assertThat(await(store().readEntries(log, 2, 1, MAX)))
        .extracting(each -> text(each.bulk()))
        .containsExactly("second");
    assertThat(await(store().readEntries(log + "-other", 2, 1, MAX))).isEmpty();
  }

  @Test
  void shouldDeleteOneSegmentOnly() throws Exception {
    await(store().writeEntry(entry(1, 1, "first")));
    await(store().writeEntry(entry(2, 2, "second")));

    await(store().deleteSegment(log, 1));

    assertThat(await(store().readHeaders(log, 1, 1, MAX, 10))).isEmpty();
    assertThat(await(store().readHeaders(log, 2, 1, MAX, 10))).hasSize(1);
  }

  @Test
  void shouldCreateManifestOnlyOnce() throws Exception {
    ManifestChange mine = change(0, List.of(open(1, 0, 1)), List.of());

    assertThat(await(store().readManifest(log))).isEmpty();
    assertThat(await(store().changeManifest(log, Optional.empty(), mine))).isTrue();
    assertThat(
            await(
                store()
                    .changeManifest(
                        log, Optional.empty(), change(5, List.of(open(1, 5, 1)), List.of()))))
        .isFalse();

    assertThat(await(store().readManifest(log)))
        .contains(new LogManifest(0, mine.owner(), mine.nonce(), 0, List.of(open(1, 0, 1))));
  }

  @Test
  void shouldShowACompletedChangeToACheapRead() throws Exception {
    ManifestChange mine = change(0, List.of(open(1, 0, 1)), List.of());

    assertThat(await(store().peekManifest(log))).isEmpty();
    await(store().changeManifest(log, Optional.empty(), mine));

    assertThat(await(store().peekManifest(log))).isEqualTo(await(store().readManifest(log)));
    assertThat(await(store().peekManifest(log))).isPresent();
    await(store().deleteManifest(log, mine.nonce()));
    assertThat(await(store().peekManifest(log))).isEmpty();
  }

  @Test
  void shouldRefuseManifestChangeOnAnotherNonce() throws Exception {
    ManifestChange mine = change(0, List.of(open(1, 0, 1)), List.of());
    await(store().changeManifest(log, Optional.empty(), mine));

    boolean applied =
        await(
            store()
                .changeManifest(
                    log,
                    Optional.of(UUID.randomUUID()),
                    change(1, List.of(open(2, 1, 1)), List.of(1L))));

    assertThat(applied).isFalse();
    assertThat(await(store().readManifest(log)).orElseThrow().nonce()).isEqualTo(mine.nonce());
  }

  @Test
  void shouldRefuseManifestChangeOfAnAbsentLog() throws Exception {
    assertThat(
            await(
                store()
                    .changeManifest(
                        log,
                        Optional.of(UUID.randomUUID()),
                        change(0, List.of(open(1, 0, 1)), List.of()))))
        .isFalse();
    assertThat(await(store().readManifest(log))).isEmpty();
  }

  @Test
  void shouldReplaceAddAndRemoveSegmentsInOneChange() throws Exception {
    ManifestChange first =
        change(0, List.of(sealed(1, 0, 1, 5), sealed(2, 0, 6, 9), open(3, 0, 10)), List.of());
    await(store().changeManifest(log, Optional.empty(), first));
    ManifestChange second =
        new ManifestChange(
            1,
            UUID.randomUUID(),
            UUID.randomUUID(),
            5,
            List.of(sealed(3, 0, 10, 12), open(4, 1, 13)),
            List.of(1L));

    assertThat(await(store().changeManifest(log, Optional.of(first.nonce()), second))).isTrue();

    assertThat(await(store().readManifest(log)))
        .contains(
            new LogManifest(
                1,
                second.owner(),
                second.nonce(),
                5,
                List.of(sealed(2, 0, 6, 9), sealed(3, 0, 10, 12), open(4, 1, 13))));
  }

  @Test
  void shouldDeleteManifestOnItsNonceOnly() throws Exception {
    ManifestChange mine = change(0, List.of(open(1, 0, 1)), List.of());
    await(store().changeManifest(log, Optional.empty(), mine));

    assertThat(await(store().deleteManifest(log, UUID.randomUUID()))).isFalse();
    assertThat(await(store().deleteManifest(log, mine.nonce()))).isTrue();
    assertThat(await(store().readManifest(log))).isEmpty();
  }

  @Test
  void shouldTellTheFencesOfARegisteredWriter() throws Exception {
    UUID writer = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    await(store().registerWriter(writer));
    assertThat(await(store().fencesOf(writer))).contains(Set.of());

    await(store().fence(writer, log, other));
    await(store().fence(writer, log, UUID.randomUUID()));
    await(store().fence(writer, "*", other));

    assertThat(await(store().fencesOf(writer))).contains(Set.of(log, "*"));
  }

  @Test
  void shouldNotTakeAFencedWriterForARegisteredOne() throws Exception {
    UUID writer = UUID.randomUUID();

    await(store().fence(writer, "*", UUID.randomUUID()));

    assertThat(await(store().fencesOf(writer))).isEmpty();
  }

  @Test
  void shouldReadTheLatestSnapshotWithinTheBounds() throws Exception {
    for (long sequence : List.of(10L, 20L, 30L)) {
      await(store().writeSnapshot(snapshot(sequence, 1000 + sequence)));
    }

    assertThat(await(store().readSnapshot(log, 0, MAX, 0, MAX))).contains(snapshot(30, 1030));
    assertThat(await(store().readSnapshot(log, 0, 29, 0, MAX))).contains(snapshot(20, 1020));
    assertThat(await(store().readSnapshot(log, 0, MAX, 0, 1010))).contains(snapshot(10, 1010));
    assertThat(await(store().readSnapshot(log, 11, 19, 0, MAX))).isEmpty();
    assertThat(await(store().readSnapshot(log, 0, MAX, 1031, MAX))).isEmpty();
  }

  @Test
  void shouldReplaceASnapshotOfTheSameSequence() throws Exception {
    await(store().writeSnapshot(snapshot(10, 1000)));
    await(store().writeSnapshot(snapshot(10, 2000)));

    assertThat(await(store().readSnapshot(log, 0, MAX, 0, MAX))).contains(snapshot(10, 2000));
    assertThat(await(store().readSnapshot(log, 0, MAX, 0, 1500))).isEmpty();
  }

  @Test
  void shouldDeleteSnapshotsWithinTheBounds() throws Exception {
    for (long sequence : List.of(10L, 20L, 30L)) {
      await(store().writeSnapshot(snapshot(sequence, 1000 + sequence)));
    }

    await(store().deleteSnapshots(log, 15, MAX, 0, 1025));

    assertThat(await(store().readSnapshot(log, 0, 29, 0, MAX))).contains(snapshot(10, 1010));
    assertThat(await(store().readSnapshot(log, 0, MAX, 0, MAX))).contains(snapshot(30, 1030));
  }

  @Test
  void shouldReadBackAPageUnderItsNameOnly() throws Exception {
    await(store().writePage(log + "/1", bytes("first")));
    await(store().writePage(log + "/2", bytes("second")));

    assertThat(await(store().readPage(log + "/1"))).map(LogStoreContract::text).contains("first");
    assertThat(await(store().readPage(log + "/2"))).map(LogStoreContract::text).contains("second");
    assertThat(await(store().readPage(log))).isEmpty();
  }

  @Test
  void shouldAcceptTheSamePageTwice() throws Exception {
    await(store().writePage(log, bytes("page")));
    await(store().writePage(log, bytes("page")));

    assertThat(await(store().readPage(log))).map(LogStoreContract::text).contains("page");
  }

  @Test
  void shouldDeleteOnePageOnly() throws Exception {
    await(store().writePage(log + "/1", bytes("first")));
    await(store().writePage(log + "/2", bytes("second")));

    await(store().deletePage(log + "/1"));
    await(store().deletePage(log + "/3"));

    assertThat(await(store().readPage(log + "/1"))).isEmpty();
    assertThat(await(store().readPage(log + "/2"))).isPresent();
  }

  @Test
  void shouldKeepALargePage() throws Exception {
    ByteBuffer large = ByteBuffer.allocate(3 << 20).putInt(1 << 20, 7).asReadOnlyBuffer();

    await(store().writePage(log, large));

    assertThat(await(store().readPage(log))).contains(large);
  }

  private StoredEntry entry(long segment, long sequence, String bulk) {
    return new StoredEntry(
        log,
        segment,
        sequence,
        sequence * 10,
        sequence * 10 + 9,
        1000 + sequence,
        bulk.length(),
        bytes("header-" + sequence),
        bytes(bulk));
  }

  private StoredSnapshot snapshot(long sequence, long timestamp) {
    return new StoredSnapshot(log, sequence, timestamp, bytes("state-" + sequence));
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

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8)).asReadOnlyBuffer();
  }

  private static String text(ByteBuffer buffer) {
    return UTF_8.decode(buffer.duplicate()).toString();
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
