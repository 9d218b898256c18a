package io.castalia.persistence.store;

import static io.castalia.persistence.store.Stored.await;
import static io.castalia.persistence.store.Stored.bytes;
import static io.castalia.persistence.store.Stored.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows of entries, by log, segment and sequence number. */
public interface EntriesContract extends StoreUnderTest {

  /** What a store is given for the number of a log's n-th segment. */
  default long segment(long n) {
    return n;
  }

  @Test
  default void shouldReadEntriesInOrderWithinInclusiveBounds() throws Exception {
    for (long sequence : List.of(3L, 1L, 4L, 2L, 5L)) {
      await(store().writeEntry(entry(1, sequence, "bulk-" + sequence)));
    }

    List<StoredEntry> read = await(store().readEntries(log(), segment(1), 2, 4));

    assertThat(read).extracting(StoredEntry::sequence).containsExactly(2L, 3L, 4L);
    assertThat(read).extracting(each -> text(each.bulk())).contains("bulk-2", "bulk-3", "bulk-4");
  }

  @Test
  default void shouldReadBackEveryColumn() throws Exception {
    StoredEntry written =
        new StoredEntry(
            log(), segment(7), 9, 100, 149, 1_700_000_000_000L, 4, bytes("head"), bytes("bulk"));

    await(store().writeEntry(written));

    assertThat(await(store().readEntries(log(), segment(7), 9, 9))).containsExactly(written);
  }

  @Test
  default void shouldReadHeadersWithoutBulkUpToTheLimit() throws Exception {
    for (long sequence = 1; sequence <= 5; sequence++) {
      await(store().writeEntry(entry(1, sequence, "bulk")));
    }

    List<StoredEntry> read = await(store().readHeaders(log(), segment(1), 2, MAX, 3));

    assertThat(read).extracting(StoredEntry::sequence).containsExactly(2L, 3L, 4L);
    assertThat(read).allSatisfy(each -> assertThat(each.bulk().remaining()).isZero());
    assertThat(read).allSatisfy(each -> assertThat(each.bulkSize()).isEqualTo(4));
    assertThat(read).allSatisfy(each -> assertThat(text(each.header())).startsWith("header-"));
  }

  @Test
  default void shouldAcceptTheSameRowTwice() throws Exception {
    await(store().writeEntry(entry(1, 1, "bulk")));
    await(store().writeEntry(entry(1, 1, "bulk")));

    assertThat(await(store().readEntries(log(), segment(1), 1, MAX))).hasSize(1);
  }

  @Test
  default void shouldKeepSegmentsAndLogsApart() throws Exception {
    await(store().writeEntry(entry(1, 1, "first")));
    await(store().writeEntry(entry(2, 1, "second")));

    assertThat(await(store().readEntries(log(), segment(2), 1, MAX)))
        .extracting(each -> text(each.bulk()))
        .containsExactly("second");
    assertThat(await(store().readEntries(log() + "-other", segment(2), 1, MAX))).isEmpty();
  }

  @Test
  default void shouldDeleteOneSegmentOnly() throws Exception {
    await(store().writeEntry(entry(1, 1, "first")));
    await(store().writeEntry(entry(2, 2, "second")));

    await(store().deleteSegment(log(), segment(1), 5));

    assertThat(await(store().readHeaders(log(), segment(1), 1, MAX, 10))).isEmpty();
    assertThat(await(store().readHeaders(log(), segment(2), 1, MAX, 10))).hasSize(1);
  }

  private StoredEntry entry(long segment, long sequence, String bulk) {
    return new StoredEntry(
        log(),
        segment(segment),
        sequence,
        sequence * 10,
        sequence * 10 + 9,
        1000 + sequence,
        bulk.length(),
        bytes("header-" + sequence),
        bytes(bulk));
  }
}
