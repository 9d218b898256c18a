package io.castalia.persistence.store;

import io.castalia.persistence.StoreUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/**
 * The store beneath the journal. "Quorum" means: a read that begins after a write has completed
 * sees it.
 *
 * <p>Every stage fails with {@link StoreUnavailableException} when the outcome is unknown or the
 * store is away; the same call may then be repeated. Implementations neither retry for long nor
 * cache; the journal does.
 */
public interface LogStore extends PageStore, AutoCloseable {
  /**
   * Completes when the store is open, or fails with the reason why it cannot be opened: a {@link
   * StoreUnavailableException} if it did not answer in time. What is asked of a store that is not
   * open yet waits for it.
   */
  default CompletionStage<Done> opened() {
    return CompletableFuture.completedFuture(Done.getInstance());
  }

  /** Writes one row at quorum. Repeating the same row is harmless. */
  CompletionStage<Done> writeEntry(StoredEntry entry);

  /**
   * Reads rows at quorum without their bulk, ascending by sequence, both bounds inclusive, at most
   * {@code limit}.
   */
  CompletionStage<List<StoredEntry>> readHeaders(
      String log, long segment, long fromSequence, long toSequence, int limit);

  /**
   * Reads rows at quorum with their bulk, ascending by sequence, both bounds inclusive. A row whose
   * write has not completed may be absent where another read had it, or come with less bulk than
   * its {@code bulkSize}.
   */
  CompletionStage<List<StoredEntry>> readEntries(
      String log, long segment, long fromSequence, long toSequence);

  /**
   * Deletes all rows of a segment that the manifest no longer names.
   *
   * @param bytes about what they take; noted for whoever gives the space back
   */
  CompletionStage<Done> deleteSegment(String log, long segment, long bytes);

  /** Reads a manifest, linearizable with {@link #changeManifest}. */
  CompletionStage<Optional<LogManifest>> readManifest(String log);

  /**
   * Reads a manifest at quorum, for less than {@link #readManifest}: changes that have completed
   * are seen, of one that is under way all or nothing. Two such reads may go back in time; what
   * follows from one must be settled by {@link #changeManifest}.
   */
  CompletionStage<Optional<LogManifest>> peekManifest(String log);

  /**
   * Compare-and-set.
   *
   * @param expected the nonce that the manifest must have, or empty: there must be none
   * @return whether the change was applied
   */
  CompletionStage<Boolean> changeManifest(
      String log, Optional<UUID> expected, ManifestChange change);

  /** Removes a manifest with its nonce as the condition. */
  CompletionStage<Boolean> deleteManifest(String log, UUID expected);

  /** Registers a writer that was never registered before, at quorum. */
  CompletionStage<Done> registerWriter(UUID writer);

  /**
   * Fences a writer at quorum, insert only.
   *
   * @param scope an epoch of a log, or {@code "*"} for all that the writer owns or ever will; no
   *     more to the store than a name
   * @param by who fences
   */
  CompletionStage<Done> fence(UUID writer, String scope, UUID by);

  /**
   * Reads a writer's own rows at quorum: the scopes in which it is fenced. Empty optional: the
   * writer is not registered (which counts as fenced).
   */
  CompletionStage<Optional<Set<String>>> fencesOf(UUID writer);

  CompletionStage<Done> writeSnapshot(StoredSnapshot snapshot);

  /** The latest snapshot within the bounds (inclusive), if there is one. */
  CompletionStage<Optional<StoredSnapshot>> readSnapshot(
      String log, long minSequence, long maxSequence, long minTimestamp, long maxTimestamp);

  /** Deletes the snapshots within the bounds (inclusive). */
  CompletionStage<Done> deleteSnapshots(
      String log, long minSequence, long maxSequence, long minTimestamp, long maxTimestamp);

  @Override
  void close();
}
