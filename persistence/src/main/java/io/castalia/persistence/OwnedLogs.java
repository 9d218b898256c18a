package io.castalia.persistence;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/**
 * What the owner of a log may ask about it and do with it, beside persisting events. All but reads
 * need ownership.
 */
public interface OwnedLogs {

  /** Whether there is such a log, whoever owns it. */
  CompletionStage<Boolean> exists(String log);

  /**
   * The epoch under which this node owns the log: greater than that of every earlier owner. Known
   * from recovery on.
   *
   * @throws IllegalStateException if this node has not recovered the log
   * @throws FencedException if this node has found that another owns it
   */
  int epoch(String log);

  /**
   * Whether this node still owned the log, in this epoch, at some moment that is no longer ago than
   * {@code maxAge}. Whatever any node acknowledged before that moment is then in what this one
   * knows of the log.
   *
   * <p>Cheap: all logs of a node share what was found out, also by their writes, so that the store
   * is asked at most once in that time.
   *
   * @return completes at once when that is known; fails with {@link FencedException} when another
   *     has taken the log, and with {@link StoreUnavailableException} when the store could not be
   *     asked
   */
  CompletionStage<Done> confirm(String log, int epoch, Duration maxAge);

  /**
   * Whether this node may acknowledge, and show to readers, all that it has written to the log so
   * far in this epoch. To be asked after an {@link EntryEvent} has been persisted; other events
   * have been verified by then.
   *
   * @return completes when it may; fails with {@link FencedException} when another has taken the
   *     log, and with {@link StoreUnavailableException} when that could not be found out in time
   */
  CompletionStage<Done> verified(String log, int epoch);

  /** The log's segments in ascending order, as this node last knew them; the last one is open. */
  List<Segment> segments(String log);

  /**
   * Drops all sealed segments whose positions all lie below {@code position}. When everything in
   * the log lies below it, the open segment is sealed and dropped too; the log keeps its end. The
   * caller has made sure that recovery does not need the headers (a snapshot covers them).
   */
  CompletionStage<Done> dropBefore(String log, long position);

  /**
   * Gives the log up, so that its next owner need not fence this one and finds its end at once. To
   * be called when nothing is written to it any more; it can then be written to only by whoever
   * recovers it.
   *
   * <p>A courtesy: a log that is not released, or could not be, is taken over all the same. Does
   * nothing if this node does not own the log.
   */
  CompletionStage<Done> release(String log);

  /** Removes the log with its snapshots for ever. The persistence id must not be used again. */
  CompletionStage<Done> delete(String log);
}
