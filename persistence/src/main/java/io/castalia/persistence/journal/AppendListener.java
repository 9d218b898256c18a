package io.castalia.persistence.journal;

import io.castalia.persistence.store.StoredEntry;
import org.apache.pekko.util.ByteString;

/**
 * Told of every verified append before it is acknowledged, in the order of the log. Must not block
 * or throw.
 */
public interface AppendListener {

  /**
   * An entry has been written and verified.
   *
   * @param epoch the epoch in which it was written
   * @param entry the row
   * @param bulk the same bytes as {@code entry.bulk()}, to be kept without a copy
   */
  void appended(int epoch, StoredEntry entry, ByteString bulk);

  /**
   * The log has left this node or changed its epoch: what is remembered of its tail may be stale.
   */
  void released(String log);
}
