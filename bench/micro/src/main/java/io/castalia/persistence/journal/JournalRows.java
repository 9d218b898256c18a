package io.castalia.persistence.journal;

import io.castalia.persistence.Persistence;
import io.castalia.persistence.store.Rows;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.Done;
import org.apache.pekko.util.ByteString;

/**
 * Rows through the journal, as a partition has them written: owned, fenced, in segments that are
 * begun and sealed, and each verified while the next ones are written.
 */
public final class JournalRows implements Rows {
  private static final int EVENT_BYTES = 80;

  /** As many as a partition writes ahead of what is verified. */
  private static final int MAX_UNVERIFIED = 4;

  private final JournalEngine journal;
  private final ByteString bulk;
  private final ByteBuffer event = ByteBuffer.allocate(EVENT_BYTES).asReadOnlyBuffer();
  private final Map<String, Queue<CompletionStage<Done>>> unverified = new ConcurrentHashMap<>();

  /**
   * Rows of one size.
   *
   * @param bulk of each row, beside its header
   */
  public JournalRows(Persistence persistence, ByteBuffer bulk) {
    this.journal = persistence.journal();
    this.bulk = ByteString.fromByteBuffer(bulk.duplicate());
  }

  @Override
  public CompletionStage<?> write(String log, int index) {
    CompletionStage<?> owned =
        index == 0 ? journal.recover(log) : CompletableFuture.completedFuture(log);
    return owned
        .thenCompose(done -> journal.write(log, List.of(draft(index))))
        .thenCompose(done -> ahead(log));
  }

  /** Notes that the last row is to be verified; waits for an earlier one if there are many. */
  private CompletionStage<?> ahead(String log) {
    Queue<CompletionStage<Done>> rows =
        unverified.computeIfAbsent(log, first -> new ArrayDeque<>());
    rows.add(journal.verified(log));
    return rows.size() < MAX_UNVERIFIED ? CompletableFuture.completedFuture(log) : rows.remove();
  }

  private EntryDraft draft(int index) {
    Serialized payload = new Serialized(1, "entry", event.duplicate());
    return new EntryDraft(
        "writer",
        List.of(new Event(index + 1L, 0, "", payload, Optional.empty())),
        new Positions(index, index, 0),
        bulk);
  }

  @Override
  public CompletionStage<?> end(String log) {
    unverified.remove(log);
    return journal.verified(log);
  }
}
