package io.castalia.persistence.read;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;

/** Keeps the payloads of rows nearer than the store does. It may forget any of them at any time. */
interface RecentRows extends AutoCloseable {
  /** Keeps nothing. */
  RecentRows NONE =
      new RecentRows() {
        @Override
        public void keep(RowId row, ByteString bulk) {}

        @Override
        public CompletionStage<Optional<List<ByteString>>> read(List<RowId> rows) {
          return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public void close() {}
      };

  /** Neither waits nor fails. */
  void keep(RowId row, ByteString bulk);

  /**
   * The payloads of these rows, or empty if one of them is not here.
   *
   * @return never fails
   */
  CompletionStage<Optional<List<ByteString>>> read(List<RowId> rows);

  @Override
  void close();
}
