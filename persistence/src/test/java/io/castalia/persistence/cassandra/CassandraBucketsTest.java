package io.castalia.persistence.cassandra;

import static io.castalia.persistence.store.Stored.await;
import static io.castalia.persistence.store.Stored.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.persistence.store.Buckets;
import io.castalia.persistence.store.EntriesContract;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.StoredEntry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Segments that share a bucket with those of other logs. */
class CassandraBucketsTest implements EntriesContract {
  private static final long FIRST = Buckets.firstSegment(42);

  /** All at once are more than Cassandra takes in a batch that is several mutations. */
  private static final int LOGS = 300;

  private static final int ROW_BYTES = 5_000;

  private static CassandraLogStore store;

  private final String log = "log-" + UUID.randomUUID();

  @BeforeAll
  static void open() {
    store = CassandraLogStore.open(SharedCassandra.freshKeyspace());
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Override
  public LogStore store() {
    return store;
  }

  @Override
  public String log() {
    return log;
  }

  @Override
  public long segment(long n) {
    return FIRST + n;
  }

  @Test
  void shouldKeepTheRowsOfEachLogThatAreWrittenTogether() throws Exception {
    List<CompletionStage<Done>> written = new ArrayList<>();
    for (int i = 0; i < LOGS; i++) {
      written.add(store.writeEntry(row(i)));
    }
    for (CompletionStage<Done> each : written) {
      await(each);
    }
    await(store.deleteSegment(log(0), segment(0), 10));

    assertThat(await(store.readEntries(log(0), segment(0), 1, Long.MAX_VALUE))).isEmpty();
    for (int i = 1; i < LOGS; i++) {
      assertThat(await(store.readEntries(log(i), segment(i), 1, Long.MAX_VALUE)))
          .containsExactly(row(i));
    }
  }

  private StoredEntry row(int i) {
    return new StoredEntry(
        log(i), segment(i), 1, i, i, 0, ROW_BYTES, bytes("header-" + i), payload(i));
  }

  private static ByteBuffer payload(int i) {
    ByteBuffer payload = ByteBuffer.allocate(ROW_BYTES);
    payload.putInt(0, i);
    return payload.asReadOnlyBuffer();
  }

  private String log(int i) {
    return log + "-" + i;
  }
}
