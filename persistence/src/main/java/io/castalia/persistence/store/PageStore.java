package io.castalia.persistence.store;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/**
 * Pages: pieces of a state that is not kept in memory as a whole. Each is written once under a name
 * of its own, read by that name, and deleted when nothing refers to it any more.
 *
 * <p>Nothing here is fenced, and nothing need be: a name stands for one content for ever, and who
 * writes and deletes pages has it from a fenced log which names are its own.
 */
public interface PageStore {

  /** Writes a page at quorum. Repeating the same page is harmless. */
  CompletionStage<Done> writePage(String name, ByteBuffer data);

  /** Reads a page at quorum; empty if it was never written, or has been deleted. */
  CompletionStage<Optional<ByteBuffer>> readPage(String name);

  /**
   * Deletes a page, if there is one, and whatever is written under its name during a day from now
   * on: somebody may be at it who is slow, and does not know that nothing refers to it.
   */
  CompletionStage<Done> deletePage(String name);
}
