package io.castalia.api.internal;

import io.castalia.api.BrokerReply;
import org.apache.kafka.common.protocol.Errors;

/** The binary forms of brokers' replies: fields in the order of their records. */
final class BrokerReplyForms {
  private BrokerReplyForms() {}

  static void addTo(WireTable table) {
    addRecords(table);
    addTopics(table);
    addGroups(table);
  }

  private static void addRecords(WireTable table) {
    table
        .row(
            BrokerReply.Refused.class,
            "refused-1",
            (out, r) -> out.int16(r.error().code()).string(r.message()),
            in -> new BrokerReply.Refused(Errors.forCode(in.int16()), in.string()))
        .row(
            BrokerReply.Produced.class,
            "produced-1",
            (out, r) -> out.int64(r.baseOffset()),
            in -> new BrokerReply.Produced(in.int64()))
        .row(
            BrokerReply.Fetched.class,
            "fetched-1",
            (out, r) ->
                out.list(r.records(), record -> RecordCodec.inbound(out, record))
                    .int64(r.nextOffset())
                    .int64(r.highWatermark())
                    .int64(r.logStartOffset()),
            in ->
                new BrokerReply.Fetched(
                    in.list(() -> RecordCodec.inbound(in)), in.int64(), in.int64(), in.int64()))
        .row(
            BrokerReply.FetchedBatches.class,
            "fetched-batches-1",
            (out, r) ->
                out.list(r.batches(), out::bytes)
                    .int64(r.highWatermark())
                    .int64(r.logStartOffset()),
            in ->
                new BrokerReply.FetchedBatches(
                    in.list(WireInput::presentBytes), in.int64(), in.int64()))
        .row(
            BrokerReply.OffsetFound.class,
            "offset-found-1",
            (out, r) -> out.int64(r.offset()).int64(r.timestamp()),
            in -> new BrokerReply.OffsetFound(in.int64(), in.int64()))
        .row(
            BrokerReply.RecordsDeleted.class,
            "records-deleted-1",
            (out, r) -> out.int64(r.logStartOffset()),
            in -> new BrokerReply.RecordsDeleted(in.int64()));
  }

  private static void addTopics(WireTable table) {
    table
        .row(
            BrokerReply.TopicDescribed.class,
            "topic-described-1",
            (out, r) -> out.string(r.topic()).uuid(r.id()).int32(r.partitions()).map(r.configs()),
            in -> new BrokerReply.TopicDescribed(in.string(), in.uuid(), in.int32(), in.map()))
        .row(
            BrokerReply.TopicsListed.class,
            "topics-listed-1",
            (out, r) -> out.list(r.topics(), out::string),
            in -> new BrokerReply.TopicsListed(in.list(in::string)))
        .row(
            BrokerReply.ProducerIdAllocated.class,
            "producer-id-allocated-1",
            (out, r) -> out.int64(r.producerId()),
            in -> new BrokerReply.ProducerIdAllocated(in.int64()));
  }

  private static void addGroups(WireTable table) {
    table
        .row(
            BrokerReply.HeartbeatAnswered.class,
            "heartbeat-answered-1",
            GroupCodec::answered,
            GroupCodec::answered)
        .row(
            BrokerReply.OffsetsCommitted.class,
            "offsets-committed-1",
            (out, r) -> GroupCodec.errors(out, r.partitions()),
            in -> new BrokerReply.OffsetsCommitted(GroupCodec.errors(in)))
        .row(
            BrokerReply.OffsetsFetched.class,
            "offsets-fetched-1",
            (out, r) -> GroupCodec.offsets(out, r.offsets()),
            in -> new BrokerReply.OffsetsFetched(GroupCodec.offsets(in)));
  }
}
