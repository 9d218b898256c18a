package io.castalia.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/** What deleted segments have left in the files: Cassandra itself does not know how much it is. */
final class DeletionTable {
  private final CqlSession session;
  private final PreparedStatement insert;

  DeletionTable(CqlSession session, String keyspace) {
    this.session = session;
    insert =
        session.prepare(
            "INSERT INTO %s.deletions (rows_of, segment, log, bytes) VALUES (?, ?, ?, ?)"
                .formatted(keyspace));
  }

  /** Notes a segment whose rows are deleted, unless it had none. */
  CompletionStage<Done> note(String log, long segment, long bytes) {
    return bytes == 0
        ? CompletableFuture.completedFuture(Done.getInstance())
        : session
            .executeAsync(insert.bind(RowKey.of(segment).table(), segment, log, bytes))
            .thenApply(result -> Done.getInstance());
  }
}
