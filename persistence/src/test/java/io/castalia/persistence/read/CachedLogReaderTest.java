package io.castalia.persistence.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.persistence.LogEntry;
import io.castalia.persistence.ReadQuery;
import io.castalia.persistence.StoreUnavailableException;
import io.castalia.persistence.store.InMemoryLogStore;
import io.castalia.persistence.store.LogManifest;
import io.castalia.persistence.store.ManifestChange;
import io.castalia.persistence.store.StoredEntry;
import io.castalia.persistence.store.StoredSegment;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class CachedLogReaderTest {
  private static final String LOG = "log";
  private static final int MEBIBYTE = 1024 * 1024;
  private static final UUID OWNER = UUID.randomUUID();

  private final InMemoryLogStore store = InMemoryLogStore.create();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final CachedLogReader reader =
      new CachedLogReader(store, MEBIBYTE, RecentRows.NONE, meters);

  @Test
  void shouldReadTheTailWithoutTheStore() {
    append(1, 1, 0, 9, 100);
    append(1, 2, 10, 19, 101);
    store.close();

    assertThat(read(15, 20)).extracting(LogEntry::firstPosition).containsExactly(10L);
    assertThat(read(0, 20)).extracting(LogEntry::firstPosition).containsExactly(0L, 10L);
    assertThat(rowsFrom("memory")).isEqualTo(3);
    assertThat(meters.get("castalia.read.cache.used").tag("cache", "tail").gauge().value())
        .isPositive();
  }

  @Test
  void shouldShowNothingAtOrBeyondTheLimit() {
    append(1, 1, 0, 9, 100);
    append(1, 2, 10, 19, 101);

    assertThat(read(0, 10)).extracting(LogEntry::firstPosition).containsExactly(0L);
    assertThat(read(10, 10)).isEmpty();
  }

  @Test
  void shouldReadOlderEntriesFromTheStoreSegmentBySegment() {
    manifest(1, sealed(1, 1, 1, 2, 0, 20), open(2, 1, 3, 20));
    write(1, 1, 0, 9);
    write(1, 2, 10, 19);
    write(2, 3, 20, 29);

    assertThat(read(5, 30)).extracting(LogEntry::firstPosition).containsExactly(0L, 10L);
    assertThat(read(20, 30)).extracting(LogEntry::firstPosition).containsExactly(20L);
    assertThat(rowsFrom("store")).isEqualTo(3);
    assertThat(rowsFrom("memory")).as("what had been read ahead").isEqualTo(1);
    assertThat(read(20, 30).get(0).bulk().utf8String()).isEqualTo("20..29");
    assertThat(rowsFrom("memory")).as("what had been read").isEqualTo(2);
  }

  @Test
  void shouldReadOlderEntriesFromWhatIsKeptNearer() {
    manifest(1, open(1, 1, 1, 0));
    write(1, 1, 0, 9);
    write(1, 2, 10, 19);
    Map<RowId, ByteString> kept = new HashMap<>();
    CachedLogReader near = new CachedLogReader(store, 0, recent(kept), meters);

    ByteString bulk = ByteString.fromString("near");
    near.appended(1, entry(1, 1, 0, 9, bulk), bulk);

    assertThat(kept).containsOnlyKeys(new RowId(LOG, 1, 1));
    assertThat(await(near.read(new ReadQuery(LOG, 1, 0, 10, 0))))
        .extracting(each -> each.bulk().utf8String())
        .containsExactly("near");
    assertThat(await(near.read(new ReadQuery(LOG, 1, 10, 20, 0))))
        .extracting(each -> each.bulk().utf8String())
        .containsExactly("10..19");
    assertThat(rowsFrom("file")).isEqualTo(1);
    assertThat(rowsFrom("store")).isEqualTo(1);
  }

  @Test
  void shouldStopAtTheByteLimitButReturnAtLeastOneEntry() {
    manifest(1, open(1, 1, 1, 0));
    write(1, 1, 0, 9);
    write(1, 2, 10, 19);

    assertThat(await(reader.read(new ReadQuery(LOG, 1, 0, 20, 0)))).hasSize(1);
    assertThat(await(reader.read(new ReadQuery(LOG, 1, 0, 20, 5)))).hasSize(2);
  }

  @Test
  void shouldNeverShowRowsBeyondASealedEnd() {
    manifest(1, open(1, 1, 1, 0));
    write(1, 1, 0, 9);
    write(1, 2, 10, 19);
    assertThat(read(0, 10)).hasSize(1);
    // another owner sealed the segment after its first entry and wrote its own second one
    manifest(2, sealed(1, 1, 1, 1, 0, 10), open(2, 2, 2, 10));
    write(2, 2, 10, 14);

    List<LogEntry> seen = await(reader.read(new ReadQuery(LOG, 2, 10, 15, MEBIBYTE)));

    assertThat(seen).extracting(entry -> entry.bulk().utf8String()).containsExactly("10..14");
    assertThat(await(reader.read(new ReadQuery(LOG, 2, 0, 15, MEBIBYTE)))).hasSize(1);
  }

  @Test
  void shouldFollowTheOwnerIntoASegmentItDidNotKnow() {
    manifest(1, open(1, 1, 1, 0));
    write(1, 1, 0, 9);
    assertThat(read(0, 10)).hasSize(1);
    manifest(1, sealed(1, 1, 1, 1, 0, 10), open(2, 1, 2, 10));
    write(2, 2, 10, 19);

    assertThat(read(10, 20)).extracting(LogEntry::firstPosition).containsExactly(10L);
  }

  @Test
  void shouldAnswerNothingForASegmentThatWasDropped() {
    manifest(1, sealed(1, 1, 1, 1, 0, 10), open(2, 1, 2, 10));
    write(1, 1, 0, 9);
    write(2, 2, 10, 19);
    assertThat(await(reader.findTimestamp(new ReadQuery(LOG, 1, 0, 20, 0), 5))).isPresent();
    var fresh = new CachedLogReader(store, MEBIBYTE, RecentRows.NONE, meters);
    await(store.deleteSegment(LOG, 1, 0));

    assertThat(await(fresh.read(new ReadQuery(LOG, 1, 0, 20, MEBIBYTE)))).isEmpty();
  }

  @Test
  void shouldPassOverASegmentWhoseRowsAreBeingRemoved() {
    manifestDeletedTo(1, sealed(1, 1, 1, 1, 0, 10), open(2, 1, 2, 10));
    write(1, 1, 0, 9);
    write(2, 2, 10, 19);

    assertThat(read(0, 20)).isEmpty();
    assertThat(read(10, 20)).extracting(LogEntry::firstPosition).containsExactly(10L);
    assertThat(await(reader.findTimestamp(new ReadQuery(LOG, 1, 0, 20, 0), 5)))
        .hasValueSatisfying(found -> assertThat(found.firstPosition()).isEqualTo(10));
  }

  @Test
  void shouldFailWhileTheStoreIsAwayAndReadAgainWhenItIsBack() {
    manifest(1, open(1, 1, 1, 0));
    write(1, 1, 0, 9);
    InMemoryLogStore away = store.reconnect();
    away.close();

    assertThatThrownBy(
            () ->
                await(
                    new CachedLogReader(away, MEBIBYTE, RecentRows.NONE, meters)
                        .read(new ReadQuery(LOG, 1, 0, 10, MEBIBYTE))))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(StoreUnavailableException.class);
    assertThat(read(0, 10)).hasSize(1);
  }

  @Test
  void shouldFindTheFirstEntryWithATimestamp() {
    manifest(1, sealed(1, 1, 1, 2, 0, 20), open(2, 1, 3, 20));
    write(1, 1, 0, 9);
    write(1, 2, 10, 19);
    write(2, 3, 20, 29);
    var all = new ReadQuery(LOG, 1, 0, 30, 0);

    assertThat(await(reader.findTimestamp(all, 15)).orElseThrow().firstPosition()).isEqualTo(10);
    assertThat(await(reader.findTimestamp(all, 20)).orElseThrow().firstPosition()).isEqualTo(20);
    assertThat(await(reader.findTimestamp(all, 30))).isEmpty();
    assertThat(await(reader.findTimestamp(new ReadQuery(LOG, 1, 0, 20, 0), 20))).isEmpty();
  }

  @Test
  void shouldForgetATailThatDoesNotFollowTheLastOne() {
    append(1, 1, 0, 9, 100);
    append(2, 5, 50, 59, 101);
    store.close();

    assertThat(read(50, 60)).hasSize(1);
    assertThatThrownBy(() -> read(0, 60)).isInstanceOf(CompletionException.class);
  }

  private List<LogEntry> read(long position, long limit) {
    return await(reader.read(new ReadQuery(LOG, 1, position, limit, MEBIBYTE)));
  }

  private void append(long segment, long sequence, long first, long last, int bulkBytes) {
    ByteString bulk = ByteString.fromArray(new byte[bulkBytes]);
    reader.appended(1, entry(segment, sequence, first, last, bulk), bulk);
  }

  /** Writes an entry whose payload names its positions and whose timestamp is its last position. */
  private void write(long segment, long sequence, long first, long last) {
    ByteString bulk = ByteString.fromString(first + ".." + last);
    await(store.writeEntry(entry(segment, sequence, first, last, bulk)));
  }

  private static StoredEntry entry(
      long segment, long sequence, long first, long last, ByteString bulk) {
    return new StoredEntry(
        LOG,
        segment,
        sequence,
        first,
        last,
        last,
        bulk.length(),
        ByteBuffer.allocate(0),
        bulk.asByteBuffer());
  }

  private static RecentRows recent(Map<RowId, ByteString> kept) {
    return new RecentRows() {
      @Override
      public void keep(RowId row, ByteString bulk) {
        kept.put(row, bulk);
      }

      @Override
      public CompletionStage<Optional<List<ByteString>>> read(List<RowId> rows) {
        return CompletableFuture.completedFuture(
            kept.keySet().containsAll(rows)
                ? Optional.of(rows.stream().map(kept::get).toList())
                : Optional.empty());
      }

      @Override
      public void close() {}
    };
  }

  private void manifest(int epoch, StoredSegment... segments) {
    manifest(epoch, 0, segments);
  }

  private void manifestDeletedTo(long sequence, StoredSegment... segments) {
    manifest(1, sequence, segments);
  }

  private void manifest(int epoch, long deletedTo, StoredSegment... segments) {
    Optional<UUID> known = await(store.readManifest(LOG)).map(LogManifest::nonce);
    var change =
        new ManifestChange(
            epoch, OWNER, UUID.randomUUID(), deletedTo, List.of(segments), List.of());
    assertThat(await(store.changeManifest(LOG, known, change))).isTrue();
  }

  private static StoredSegment sealed(
      long number, int epoch, long firstSeq, long lastSeq, long firstPosition, long nextPosition) {
    return new StoredSegment(
        number, epoch, firstSeq, lastSeq, firstPosition, nextPosition, 0, nextPosition - 1);
  }

  private static StoredSegment open(long number, int epoch, long firstSeq, long firstPosition) {
    return new StoredSegment(number, epoch, firstSeq, -1, firstPosition, -1, 0, -1);
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private double rowsFrom(String source) {
    return meters.get("castalia.read.rows").tag("source", source).counter().count();
  }
}
