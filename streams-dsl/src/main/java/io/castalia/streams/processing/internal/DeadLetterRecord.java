package io.castalia.streams.processing.internal;

import io.castalia.api.CastaliaClient;
import io.castalia.api.Header;
import io.castalia.api.InboundRecord;
import io.castalia.api.OutboundRecord;
import io.castalia.streams.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.util.ByteString;

/** A failed record as it goes to a dead-letter topic, with the headers of {@link DeadLetters}. */
final class DeadLetterRecord {
  private DeadLetterRecord() {}

  static OutputRecord of(String topic, int partitions, SourceRecord source, Throwable reason) {
    InboundRecord raw = source.record();
    ByteString key = raw.key();
    int partition =
        key == null
            ? source.partition().partition() % partitions
            : CastaliaClient.partitionOf(key.toArray(), partitions);
    List<Header> headers = new ArrayList<>(raw.headers());
    headers.add(header(DeadLetters.EXCEPTION_CLASS, reason.getClass().getName()));
    headers.add(header(DeadLetters.EXCEPTION_MESSAGE, String.valueOf(reason.getMessage())));
    headers.add(header(DeadLetters.TOPIC, source.partition().topic()));
    headers.add(header(DeadLetters.PARTITION, Integer.toString(source.partition().partition())));
    headers.add(header(DeadLetters.OFFSET, Long.toString(raw.offset())));
    return new OutputRecord(
        new TopicPartition(topic, partition),
        new OutboundRecord(key, raw.value(), Math.max(0, raw.timestamp()), headers));
  }

  private static Header header(String name, String value) {
    return new Header(name, ByteString.fromArray(value.getBytes(StandardCharsets.UTF_8)));
  }
}
