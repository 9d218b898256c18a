package io.castalia.streams.connect;

import io.castalia.api.OutboundRecord;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;

/**
 * A record on its way into a topic.
 *
 * @param partition nothing: by the key, as Kafka's clients do
 * @param position where its source goes on behind it
 * @param durable completed when the record is durable; never, if the task ends before
 */
public record SourceRecord(
    String topic,
    OptionalInt partition,
    OutboundRecord record,
    Position position,
    CompletableFuture<Done> durable) {

  /**
   * A place in what a task reads. A task may read many things at once, each with a place of its
   * own.
   *
   * @param of what is read, for example a file or a table
   * @param at the place, as only its plugin understands it
   */
  public record Position(String of, String at) {}

  /** A record whose partition is that of its key. */
  public static SourceRecord of(String topic, OutboundRecord record, Position position) {
    return new SourceRecord(
        topic, OptionalInt.empty(), record, position, new CompletableFuture<>());
  }
}
