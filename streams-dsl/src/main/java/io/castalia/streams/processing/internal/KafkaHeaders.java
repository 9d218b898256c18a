package io.castalia.streams.processing.internal;

import io.castalia.api.Header;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.pekko.util.ByteString;

/** Headers as Kafka's serializers see them, and back. */
public final class KafkaHeaders {
  private KafkaHeaders() {}

  /** As a serializer may change them. */
  public static Headers of(List<Header> headers) {
    Headers made = new RecordHeaders();
    for (Header header : headers) {
      ByteString value = header.value();
      made.add(header.name(), value == null ? null : value.toArray());
    }
    return made;
  }

  /** As a serializer left them. */
  public static List<Header> back(Headers headers) {
    return Arrays.stream(headers.toArray()).map(KafkaHeaders::back).toList();
  }

  private static Header back(org.apache.kafka.common.header.Header header) {
    byte[] value = header.value();
    return new Header(header.key(), value == null ? null : ByteString.fromArrayUnsafe(value));
  }
}
