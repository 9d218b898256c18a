package io.castalia.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;

/** Pages of states, a partition for each: they are found by their names and in no other way. */
final class PageTable {
  /** What is written meanwhile is not there: so long Cassandra remembers deletions (see Schema). */
  private static final Duration DELETED_FOR = Duration.ofDays(1);

  private final CqlSession session;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final PreparedStatement delete;

  PageTable(CqlSession session, String keyspace) {
    this.session = session;
    String table = keyspace + ".pages";
    insert = session.prepare("INSERT INTO " + table + " (name, data) VALUES (?, ?)");
    select =
        session.prepare(
            SimpleStatement.newInstance("SELECT data FROM " + table + " WHERE name = ?")
                .setExecutionProfileName(DriverOptions.BULK_READ));
    delete = session.prepare("DELETE FROM " + table + " USING TIMESTAMP ? WHERE name = ?");
  }

  CompletionStage<Done> write(String name, ByteBuffer data) {
    return execute(insert.bind(name, data));
  }

  CompletionStage<Optional<ByteBuffer>> read(String name) {
    return session.executeAsync(select.bind(name)).thenApply(PageTable::data);
  }

  CompletionStage<Done> delete(String name) {
    Instant until = Instant.now().plus(DELETED_FOR);
    return execute(delete.bind(TimeUnit.MILLISECONDS.toMicros(until.toEpochMilli()), name));
  }

  private static Optional<ByteBuffer> data(AsyncResultSet found) {
    Row row = found.one();
    return Optional.ofNullable(row == null ? null : row.getByteBuffer("data"))
        .map(ByteBuffer::asReadOnlyBuffer);
  }

  private CompletionStage<Done> execute(BoundStatement statement) {
    return session.executeAsync(statement).thenApply(result -> Done.getInstance());
  }
}
