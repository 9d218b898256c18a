package io.castalia.node.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** How a line becomes a record. */
final class RecordTemplate {
  private final String topic;
  private final @Nullable Integer partition;
  private final byte[] keySeparator;
  private final List<Header> headers;

  /**
   * @param partition where all records go, or null to leave it to the partitioner
   * @param keySeparator what stands between key and value; empty if lines hold values only
   */
  RecordTemplate(
      String topic, @Nullable Integer partition, String keySeparator, Map<String, String> headers) {
    this.topic = topic;
    this.partition = partition;
    this.keySeparator = keySeparator.getBytes(StandardCharsets.UTF_8);
    this.headers =
        headers.entrySet().stream()
            .<Header>map(
                header ->
                    new RecordHeader(
                        header.getKey(), header.getValue().getBytes(StandardCharsets.UTF_8)))
            .toList();
  }

  /**
   * The record of a line.
   *
   * @param number the line's number, from 1
   * @throws CommandFailure if the line lacks the key separator
   */
  ProducerRecord<byte[], byte[]> record(byte[] line, long number) {
    if (keySeparator.length == 0) {
      return record(null, line);
    }
    int at = indexOf(line, keySeparator);
    if (at < 0) {
      throw new CommandFailure("line " + number + " has no key separator");
    }
    byte[] key = Arrays.copyOfRange(line, 0, at);
    byte[] value = Arrays.copyOfRange(line, at + keySeparator.length, line.length);
    return record(key, value);
  }

  private ProducerRecord<byte[], byte[]> record(byte @Nullable [] key, byte[] value) {
    return new ProducerRecord<>(topic, partition, key, value, headers);
  }

  private static int indexOf(byte[] line, byte[] wanted) {
    for (int at = 0; at <= line.length - wanted.length; at++) {
      if (Arrays.equals(line, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }
}
