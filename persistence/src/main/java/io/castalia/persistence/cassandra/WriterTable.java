package io.castalia.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/** Writers and their fences. */
final class WriterTable {
  /** The scope of the row that says a writer exists; no log has an empty name. */
  private static final String REGISTERED = "";

  private final CqlSession session;
  private final PreparedStatement insert;
  private final PreparedStatement select;

  WriterTable(CqlSession session, String keyspace) {
    this.session = session;
    insert =
        session.prepare(
            "INSERT INTO " + keyspace + ".writers (writer, scope, fenced_by) VALUES (?, ?, ?)");
    select = session.prepare("SELECT scope FROM " + keyspace + ".writers WHERE writer = ?");
  }

  CompletionStage<Done> register(UUID writer) {
    return insert(writer, REGISTERED, writer);
  }

  CompletionStage<Done> fence(UUID writer, String scope, UUID by) {
    return insert(writer, scope, by);
  }

  CompletionStage<Optional<Set<String>>> fences(UUID writer) {
    return Pages.ofSmallRows(
            session, select.bind(writer), row -> String.valueOf(row.getString("scope")))
        .thenApply(
            rows -> {
              Set<String> scopes = new HashSet<>(rows);
              return scopes.remove(REGISTERED) ? Optional.of(Set.copyOf(scopes)) : Optional.empty();
            });
  }

  private CompletionStage<Done> insert(UUID writer, String scope, UUID by) {
    return session
        .executeAsync(insert.bind(writer, scope, by))
        .thenApply(result -> Done.getInstance());
  }
}
