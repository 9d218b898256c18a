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
  private static final String SECTION = "castalia.persistence.";

  public JournalSettings {
    atLeastOne("segment-bytes", segmentBytes);
    atLeastOne("segment-entries", segmentEntries);
    atLeastOne("entry-header-bytes", entryHeaderBytes);
    atLeastOne("replay-page", replayPage);
    if (retryMin.isNegative() || retryMin.isZero() || retryMax.compareTo(retryMin) < 0) {
      throw new IllegalArgumentException(
          "expected 0 < %sretry-min <= %sretry-max, but they were %s and %s"
              .formatted(SECTION, SECTION, retryMin, retryMax));
    }
  }

  /** Reads the section {@code castalia.persistence}. */
  public static JournalSettings of(Config config) {
    return new JournalSettings(
        config.getBytes("segment-bytes"),
        config.getInt("segment-entries"),
        headerBytes(config.getBytes("entry-header-bytes")),
        config.getInt("replay-page"),
        config.getDuration("retry-min"),
        config.getDuration("retry-max"),
        config.getDuration("give-up-after"));
  }

  private static int headerBytes(long bytes) {
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "expected %sentry-header-bytes to be less than 2 GiB, but it was %d"
              .formatted(SECTION, bytes));
    }
    return (int) bytes;
  }

  private static void atLeastOne(String key, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "expected %s%s to be at least 1, but it was %d".formatted(SECTION, key, value));
    }
  }
}
