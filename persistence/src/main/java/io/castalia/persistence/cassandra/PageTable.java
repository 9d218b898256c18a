package io.castalia.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/** Pages of states, a partition for each: they are found by their names and in no other way. */
final class PageTable {
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
    delete = session.prepare("DELETE FROM " + table + " WHERE name = ?");
  }

  CompletionStage<Done> write(String name, ByteBuffer data) {
    return execute(insert.bind(name, data));
  }

  CompletionStage<Optional<ByteBuffer>> read(String name) {
    return session.executeAsync(select.bind(name)).thenApply(PageTable::data);
  }

  CompletionStage<Done> delete(String name) {
    return execute(delete.bind(name));
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
