package io.castalia.api.internal;

import io.castalia.api.Header;
import io.castalia.api.InboundRecord;
import io.castalia.api.OutboundRecord;
import io.castalia.api.ProducerIdentity;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** The parts that several messages have in common. */
public final class RecordCodec {
  private RecordCodec() {}

  public static WireOutput partition(WireOutput out, TopicPartition partition) {
    return out.string(partition.topic()).int32(partition.partition());
  }

  public static TopicPartition partition(WireInput in) {
    return new TopicPartition(in.string(), in.int32());
  }

  public static void outbound(WireOutput out, OutboundRecord record) {
    out.bytes(record.key()).bytes(record.value()).int64(record.timestamp());
    headers(out, record.headers());
  }

  public static OutboundRecord outbound(WireInput in) {
    return new OutboundRecord(in.bytes(), in.bytes(), in.int64(), headers(in));
  }

  static void inbound(WireOutput out, InboundRecord record) {
    out.int64(record.offset()).int64(record.timestamp()).bytes(record.key()).bytes(record.value());
    headers(out, record.headers());
  }

  static InboundRecord inbound(WireInput in) {
    return new InboundRecord(in.int64(), in.int64(), in.bytes(), in.bytes(), headers(in));
  }

  static void identity(WireOutput out, Optional<ProducerIdentity> identity) {
    out.list(
        identity.map(List::of).orElse(List.of()),
        id -> out.int64(id.producerId()).int16(id.epoch()).int32(id.sequence()));
  }

  static Optional<ProducerIdentity> identity(WireInput in) {
    return in.list(() -> new ProducerIdentity(in.int64(), in.int16(), in.int32())).stream()
        .findFirst();
  }

  private static void headers(WireOutput out, Collection<Header> headers) {
    out.list(headers, header -> out.string(header.name()).bytes(header.value()));
  }

  private static List<Header> headers(WireInput in) {
    return in.list(() -> new Header(in.string(), in.bytes()));
  }
}
