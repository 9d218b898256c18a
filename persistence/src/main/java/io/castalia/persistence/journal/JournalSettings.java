package io.castalia.persistence.journal;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How the journal cuts and retries.
 *
 * @param segmentBytes a segment is closed when its rows have this many bytes
 * @param segmentEntries a segment is closed when it has this many rows
 * @param entryHeaderBytes small events of one write share a row up to this many bytes
 * @param replayPage rows read at a time in recovery
 * @param retryMin first pause before a call to the store is repeated
 * @param retryMax longest such pause
 * @param giveUpAfter how long calls are repeated before a write or a recovery fails
 */
public record JournalSettings(
    long segmentBytes,
    int segmentEntries,
    int entryHeaderBytes,
    int replayPage,
    Duration retryMin,
    Duration retryMax,
    Duration giveUpAfter) {
  public JournalSettings {
    if (segmentBytes < 1 || segmentEntries < 1 || entryHeaderBytes < 1 || replayPage < 1) {
      throw new IllegalArgumentException(
          "expected positive sizes, but segment-bytes was "
              + segmentBytes
              + ", segment-entries "
              + segmentEntries
              + ", entry-header-bytes "
              + entryHeaderBytes
              + ", replay-page "
              + replayPage);
    }
    if (retryMin.isNegative() || retryMin.isZero() || retryMax.compareTo(retryMin) < 0) {
      throw new IllegalArgumentException(
          "expected 0 < retry-min <= retry-max, but were " + retryMin + " and " + retryMax);
    }
  }

  /** Reads the section {@code castalia.persistence}. */
  public static JournalSettings of(Config config) {
    return new JournalSettings(
        config.getBytes("segment-bytes"),
        config.getInt("segment-entries"),
        Math.toIntExact(config.getBytes("entry-header-bytes")),
        config.getInt("replay-page"),
        config.getDuration("retry-min"),
        config.getDuration("retry-max"),
        config.getDuration("give-up-after"));
  }
}
