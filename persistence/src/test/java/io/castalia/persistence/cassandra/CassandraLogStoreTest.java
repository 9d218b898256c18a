package io.castalia.persistence.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.castalia.persistence.StoreUnavailableException;
import io.castalia.persistence.store.Buckets;
import io.castalia.persistence.store.LogStore;
import io.castalia.persistence.store.LogStoreContract;
import io.castalia.persistence.store.StoredEntry;
import io.castalia.persistence.store.StoredSnapshot;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The store's contract on a real Cassandra, and what only Cassandra has. */
class CassandraLogStoreTest implements LogStoreContract {
  private static CassandraSettings settings;
  private static CassandraLogStore store;

  private final String log = "log-" + UUID.randomUUID();

  @BeforeAll
  static void open() {
    settings = SharedCassandra.freshKeyspace();
    store = CassandraLogStore.open(settings);
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

  @Test
  void shouldReadManyEntriesOfAMebibyteAndManySmallOnes() throws Exception {
    String log = "sizes-" + UUID.randomUUID();
    for (long sequence = 1; sequence <= 40; sequence++) {
      get(store.writeEntry(entry(log, 1, sequence, 1 << 20)));
      get(store.writeEntry(entry(log, 2, sequence, 10)));
    }

    List<StoredEntry> large = get(store.readEntries(log, 1, 1, Long.MAX_VALUE));
    List<StoredEntry> small = get(store.readEntries(log, 2, 1, Long.MAX_VALUE));

    assertThat(large).hasSize(40).allMatch(entry -> entry.bulk().remaining() == 1 << 20);
    assertThat(large.get(39)).isEqualTo(entry(log, 1, 40, 1 << 20));
    assertThat(small).hasSize(40).allMatch(entry -> entry.bulk().remaining() == 10);
  }

  @Test
  void shouldWriteAnEntryOfSixteenMebibytes() throws Exception {
    StoredEntry entry = entry("large-" + UUID.randomUUID(), 1, 1, 16 << 20);

    get(store.writeEntry(entry));

    assertThat(get(store.readEntries(entry.log(), 1, 1, 1))).containsExactly(entry);
  }

  @Test
  void shouldKeepASnapshotOfManyChunks() throws Exception {
    String log = "snapshot-" + UUID.randomUUID();
    ByteBuffer data = random(5 * (1 << 20) + 17, 3);

    get(store.writeSnapshot(new StoredSnapshot(log, 7, 1_000, data)));

    assertThat(get(store.readSnapshot(log, 0, Long.MAX_VALUE, 0, Long.MAX_VALUE)))
        .contains(new StoredSnapshot(log, 7, 1_000, data));
  }

  @Test
  void shouldTakeTheLaterOfTwoSnapshotsOfOneSequenceNumber() throws Exception {
    String log = "overwritten-" + UUID.randomUUID();
    get(store.writeSnapshot(new StoredSnapshot(log, 7, 1_000, random(3 << 20, 1))));
    StoredSnapshot later = new StoredSnapshot(log, 7, 1_000, random(10, 2));

    get(store.writeSnapshot(later));

    assertThat(get(store.readSnapshot(log, 7, 7, 0, Long.MAX_VALUE))).contains(later);
  }

  @Test
  void shouldRefuseAnAbsentSchemaWhenItMayNotCreateIt() {
    CassandraSettings absent = SharedCassandra.freshKeyspace().withCreateSchema(false);

    assertThatThrownBy(() -> CassandraLogStore.open(absent))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("castalia schema")
        .hasMessageContaining(absent.keyspace());
  }

  @Test
  void shouldOpenASchemaThatIsThereAlready() {
    CassandraLogStore.open(settings.withCreateSchema(false)).close();
    CassandraLogStore.open(settings).close();
  }

  @Test
  void shouldAddWhatAnEarlierVersionOfTheSchemaHasNot() throws Exception {
    CassandraSettings old = SharedCassandra.freshKeyspace();
    try (CqlSession session = CassandraConnection.open(old)) {
      session.setSchemaMetadataEnabled(false);
      for (String table : List.of("pages", "bucket_entries", "deletions")) {
        session.execute(
            SimpleStatement.newInstance("DROP TABLE %s.%s".formatted(old.keyspace(), table))
                .setExecutionProfileName(DriverOptions.SCHEMA));
      }
      session.execute(Schema.version(old.keyspace()).replace("4)", "1)"));
    }

    assertThatThrownBy(() -> CassandraLogStore.open(old.withCreateSchema(false)))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("expected schema version 4")
        .hasMessageContaining("it is 1; add what is missing with the CQL");
    try (CassandraLogStore opened = CassandraLogStore.open(old)) {
      get(opened.writePage("page", random(10, 1)));
      assertThat(get(opened.readPage("page"))).contains(random(10, 1));
      StoredEntry entry = entry("log", Buckets.firstSegment(1), 1, 10);
      get(opened.writeEntry(entry));
      assertThat(get(opened.readEntries("log", entry.segment(), 1, 1))).containsExactly(entry);
      get(opened.deleteSegment("log", entry.segment(), 10));
      assertThat(get(opened.readEntries("log", entry.segment(), 1, 1))).isEmpty();
    }
    CassandraLogStore.open(old.withCreateSchema(false)).close();
  }

  @Test
  void shouldAnswerWhatWasAskedBeforeCassandraCouldBeReached() throws Exception {
    CompletableFuture<Done> reachable = new CompletableFuture<>();
    try (CassandraLogStore opening = CassandraLogStore.openLater(settings, reachable)) {
      StoredEntry entry = entry("early-" + UUID.randomUUID(), 1, 1, 10);
      CompletionStage<Done> written = opening.writeEntry(entry);
      assertThat(written.toCompletableFuture()).isNotDone();

      reachable.complete(Done.getInstance());

      get(written);
      assertThat(opening.opened().toCompletableFuture()).isCompleted();
      assertThat(get(store.readEntries(entry.log(), 1, 1, 1))).containsExactly(entry);
    }
  }

  @Test
  void shouldFailWhatWaitsWithTheReasonWhyItCannotBeOpened() {
    CassandraSettings absent = SharedCassandra.freshKeyspace().withCreateSchema(false);
    CompletableFuture<Done> reachable = new CompletableFuture<>();
    try (CassandraLogStore opening = CassandraLogStore.openLater(absent, reachable)) {
      CompletionStage<?> manifest = opening.readManifest("a-log");

      reachable.complete(Done.getInstance());

      assertThatThrownBy(() -> get(manifest)).hasRootCauseInstanceOf(SchemaException.class);
      assertThatThrownBy(() -> get(opening.opened())).hasRootCauseInstanceOf(SchemaException.class);
    }
  }

  @Test
  void shouldFailWhatWaitsWhenItIsClosedBeforeItIsOpen() {
    CassandraLogStore opening =
        CassandraLogStore.openLater(settings, new CompletableFuture<Done>());
    CompletionStage<?> manifest = opening.readManifest("a-log");

    opening.close();

    assertThatThrownBy(() -> get(manifest))
        .hasRootCauseInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("closed before it was open");
  }

  private static StoredEntry entry(String log, long segment, long sequence, int bytes) {
    return new StoredEntry(
        log,
        segment,
        sequence,
        sequence,
        sequence,
        -1,
        bytes,
        random(20, sequence),
        random(bytes, sequence));
  }

  private static ByteBuffer random(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
