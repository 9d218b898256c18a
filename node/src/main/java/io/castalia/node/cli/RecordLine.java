package io.castalia.node.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * How a record becomes a line: the columns asked for, each followed by a tab, then the value, byte
 * for byte.
 */
final class RecordLine {
  @Option(names = "--timestamps", description = "Print each record's timestamp, in UTC.")
  private boolean timestamps;

  @Option(names = "--offsets", description = "Print each record's partition:offset.")
  private boolean offsets;

  @Option(names = "--headers", description = "Print each record's headers, as NAME=VALUE,...")
  private boolean headers;

  @Option(names = "--keys", description = "Print each record's key.")
  private boolean keys;

  /** The line with its line feed. An absent key or value is printed as {@code null}. */
  byte[] of(ConsumerRecord<byte[], byte[]> record) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    if (timestamps) {
      column(line, text(Instant.ofEpochMilli(record.timestamp()).toString()));
    }
    if (offsets) {
      column(line, text(record.partition() + ":" + record.offset()));
    }
    if (headers) {
      column(line, headers(record));
    }
    if (keys) {
      column(line, orNull(record.key()));
    }
    line.writeBytes(orNull(record.value()));
    line.write('\n');
    return line.toByteArray();
  }

  private static byte[] headers(ConsumerRecord<byte[], byte[]> record) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (Header header : record.headers()) {
      if (joined.size() > 0) {
        joined.write(',');
      }
      joined.writeBytes(text(header.key() + "="));
      joined.writeBytes(orNull(header.value()));
    }
    return joined.toByteArray();
  }

  private static void column(ByteArrayOutputStream line, byte[] content) {
    line.writeBytes(content);
    line.write('\t');
  }

  private static byte[] orNull(byte @Nullable [] bytes) {
    return bytes == null ? text("null") : bytes;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
