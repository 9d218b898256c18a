package io.castalia.streams.connect;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.pekko.Done;

/** Writes records to another system. Called for one batch after the other. */
public interface SinkWriter extends AutoCloseable {

  /**
   * Writes records; when they are durable, completes. Their offsets are committed behind that, so a
   * batch may come again, whole or in part, after a crash: what is written should know its records
   * again, by key or by topic, partition and offset.
   *
   * <p>Fails with {@link BadRecordException} if one of the records can never be written. Then each
   * record of the batch comes again by itself, and the bad ones are put aside. Any other failure is
   * tried again after a pause.
   *
   * @param records in order within each partition; at least one
   */
  CompletionStage<Done> write(List<ConsumerRecord<byte[], byte[]>> records);

  /** The task ends. May block. */
  @Override
  void close();
}
