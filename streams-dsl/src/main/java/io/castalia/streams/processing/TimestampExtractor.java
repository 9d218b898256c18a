package io.castalia.streams.processing;

/** Tells the event time of a record from its content. */
@FunctionalInterface
public interface TimestampExtractor<K, V> {

  /**
   * The record's event time in milliseconds since the epoch; a negative one drops the record, which
   * is counted. {@link StreamRecord#timestamp()} is what the topic says.
   */
  long extract(StreamRecord<K, V> record);
}
