package io.castalia.streams.processing.runtime;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.util.ByteString;

/** Where the pages of one task are. */
interface PageStore {

  CompletionStage<Optional<ByteString>> read(long number);

  /** Writes a page; a number stands for one content for ever. */
  CompletionStage<Done> write(long number, ByteString page);

  CompletionStage<Done> delete(long number);
}
