package io.castalia.streams.connect.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import io.castalia.streams.connect.BadRecordException;
import io.castalia.streams.connect.Blocking;
import io.castalia.streams.connect.SinkWriter;
import io.castalia.streams.connect.TaskContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of a batch at the same time. Where one key comes twice the later record wins,
 * since the driver gives it the later timestamp.
 */
final class RowWriter implements SinkWriter {
  private final TaskContext task;
  private @Nullable CqlSession session;
  private @Nullable PreparedStatement insert;

  RowWriter(TaskContext task) {
    this.task = task;
  }

  @Override
  public CompletionStage<Done> write(List<ConsumerRecord<byte[], byte[]>> records) {
    return Blocking.run(task.system(), this::connected)
        .thenCompose(
            connected -> {
              List<CompletableFuture<?>> written = new ArrayList<>();
              records.forEach(each -> written.add(write(connected, each).toCompletableFuture()));
              return CompletableFuture.allOf(written.toArray(CompletableFuture<?>[]::new));
            })
        .thenApply(all -> Done.getInstance());
  }

  /** The first batch connects, on a thread that may be blocked. */
  private synchronized CqlSession connected() {
    if (session == null) {
      session = ClusterAccess.connect(task.config());
    }
    if (insert == null) {
      insert =
          session.prepare(
              "INSERT INTO %s JSON ? DEFAULT UNSET"
                  .formatted(task.config().get(ClusterAccess.TABLE)));
    }
    return session;
  }

  private synchronized CompletionStage<?> write(
      CqlSession connected, ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null || insert == null) {
      return CompletableFuture.failedStage(
          new BadRecordException("expected a JSON object, but the record has no value"));
    }
    return connected
        .executeAsync(
            insert
                .bind(new String(record.value(), StandardCharsets.UTF_8))
                .setConsistencyLevel(DefaultConsistencyLevel.LOCAL_QUORUM)
                .setIdempotent(true))
        .exceptionally(
            failure -> {
              throw refusal(failure);
            });
  }

  private static RuntimeException refusal(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof InvalidQueryException
        ? new BadRecordException(
            "expected a JSON object that the table takes, but: " + cause.getMessage(), cause)
        : new CompletionException(cause);
  }

  @Override
  public synchronized void close() {
    if (session != null) {
      session.close();
      session = null;
      insert = null;
    }
  }
}
