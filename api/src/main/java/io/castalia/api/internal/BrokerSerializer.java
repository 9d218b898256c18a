package io.castalia.api.internal;

import io.castalia.api.BrokerCommand;
import io.castalia.api.BrokerReply;
import java.io.NotSerializableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Carries {@link BrokerCommand}s and {@link BrokerReply}s between nodes. One row per message; the
 * manifest is the message's short name with its encoding's version.
 */
public final class BrokerSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 742_001;

  private record Row<T>(
      String manifest, BiConsumer<WireOutput, T> write, Function<WireInput, T> read) {
    byte[] encode(Object message, Class<T> type) {
      var out = new WireOutput();
      write.accept(out, type.cast(message));
      return out.toByteArray();
    }
  }

  private final Map<Class<?>, Row<?>> byClass = new HashMap<>();
  private final Map<String, Row<?>> byManifest = new HashMap<>();
  private final ActorRefResolver refs;

  public BrokerSerializer(ExtendedActorSystem system) {
    this.refs = ActorRefResolver.get(Adapter.toTyped(system));
    commands();
    replies();
    groupCommands();
    groupReplies();
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return row(message).manifest();
  }

  @Override
  public byte[] toBinary(Object message) {
    return encode(row(message), message);
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    Row<?> row = byManifest.get(manifest);
    if (row == null) {
      throw new NotSerializableException(
          "expected one of " + byManifest.keySet() + ", but the manifest was \"" + manifest + "\"");
    }
    return row.read().apply(new WireInput(bytes));
  }

  @SuppressWarnings("unchecked") // rows are registered under the class of their own type
  private static <T> byte[] encode(Row<T> row, Object message) {
    return row.encode(message, (Class<T>) message.getClass());
  }

  private Row<?> row(Object message) {
    Row<?> row = byClass.get(message.getClass());
    if (row == null) {
      throw new IllegalArgumentException(
          "expected a message of the broker protocol, but it was " + message.getClass().getName());
    }
    return row;
  }

  private <T> void register(
      Class<T> type,
      String manifest,
      BiConsumer<WireOutput, T> write,
      Function<WireInput, T> read) {
    var row = new Row<>(manifest, write, read);
    byClass.put(type, row);
    byManifest.put(manifest, row);
  }

  private void commands() {
    register(
        BrokerCommand.Produce.class,
        "produce-1",
        (out, c) -> {
          RecordCodec.partition(out, c.partition());
          out.list(c.records(), record -> RecordCodec.outbound(out, record));
          RecordCodec.identity(out, c.identity());
          ref(out, c);
        },
        in ->
            new BrokerCommand.Produce(
                RecordCodec.partition(in),
                in.list(() -> RecordCodec.outbound(in)),
                RecordCodec.identity(in),
                ref(in)));
    register(
        BrokerCommand.ProduceBatch.class,
        "produce-batch-1",
        (out, c) -> {
          RecordCodec.partition(out, c.partition());
          ref(out.bytes(c.batch()), c);
        },
        in ->
            new BrokerCommand.ProduceBatch(
                RecordCodec.partition(in), RecordCodec.batch(in), ref(in)));
    register(
        BrokerCommand.FetchBatches.class,
        "fetch-batches-1",
        (out, c) -> {
          RecordCodec.partition(out, c.partition());
          out.int64(c.offset()).int32(c.maxBytes()).int64(c.maxWait().toMillis());
          ref(out, c);
        },
        in ->
            new BrokerCommand.FetchBatches(
                RecordCodec.partition(in),
                in.int64(),
                in.int32(),
                Duration.ofMillis(in.int64()),
                ref(in)));
    register(
        BrokerCommand.Fetch.class,
        "fetch-1",
        (out, c) -> {
          RecordCodec.partition(out, c.partition());
          out.int64(c.offset()).int32(c.maxBytes()).int64(c.maxWait().toMillis());
          ref(out, c);
        },
        in ->
            new BrokerCommand.Fetch(
                RecordCodec.partition(in),
                in.int64(),
                in.int32(),
                Duration.ofMillis(in.int64()),
                ref(in)));
    register(
        BrokerCommand.FindOffset.class,
        "find-offset-1",
        (out, c) -> {
          RecordCodec.partition(out, c.partition());
          ref(out.int64(c.timestamp()), c);
        },
        in -> new BrokerCommand.FindOffset(RecordCodec.partition(in), in.int64(), ref(in)));
    register(
        BrokerCommand.DeleteRecords.class,
        "delete-records-1",
        (out, c) -> {
          RecordCodec.partition(out, c.partition());
          ref(out.int64(c.offset()), c);
        },
        in -> new BrokerCommand.DeleteRecords(RecordCodec.partition(in), in.int64(), ref(in)));
    register(
        BrokerCommand.CreateTopic.class,
        "create-topic-1",
        (out, c) -> ref(out.string(c.topic()).int32(c.partitions()).map(c.configs()), c),
        in -> new BrokerCommand.CreateTopic(in.string(), in.int32(), in.map(), ref(in)));
    register(
        BrokerCommand.CreatePartitions.class,
        "create-partitions-1",
        (out, c) -> ref(out.string(c.topic()).int32(c.count()), c),
        in -> new BrokerCommand.CreatePartitions(in.string(), in.int32(), ref(in)));
    register(
        BrokerCommand.AlterTopicConfigs.class,
        "alter-topic-configs-1",
        (out, c) -> ref(out.string(c.topic()).map(c.set()).list(c.deleted(), out::string), c),
        in ->
            new BrokerCommand.AlterTopicConfigs(
                in.string(), in.map(), Set.copyOf(in.list(in::string)), ref(in)));
    register(
        BrokerCommand.DeleteTopic.class,
        "delete-topic-1",
        (out, c) -> ref(out.string(c.topic()), c),
        in -> new BrokerCommand.DeleteTopic(in.string(), ref(in)));
    register(
        BrokerCommand.DescribeTopic.class,
        "describe-topic-1",
        (out, c) -> ref(out.string(c.topic()), c),
        in -> new BrokerCommand.DescribeTopic(in.string(), ref(in)));
    register(
        BrokerCommand.ListTopics.class,
        "list-topics-1",
        this::ref,
        in -> new BrokerCommand.ListTopics(ref(in)));
    register(
        BrokerCommand.AllocateProducerId.class,
        "allocate-producer-id-1",
        this::ref,
        in -> new BrokerCommand.AllocateProducerId(ref(in)));
  }

  private void groupCommands() {
    register(
        BrokerCommand.GroupHeartbeat.class,
        "group-heartbeat-1",
        (out, c) -> {
          GroupCodec.heartbeat(out, c.heartbeat());
          ref(out, c);
        },
        in -> new BrokerCommand.GroupHeartbeat(GroupCodec.heartbeat(in), ref(in)));
    register(
        BrokerCommand.CommitOffsets.class,
        "commit-offsets-1",
        (out, c) -> {
          GroupCodec.commit(out, c.commit());
          ref(out, c);
        },
        in -> new BrokerCommand.CommitOffsets(GroupCodec.commit(in), ref(in)));
    register(
        BrokerCommand.FetchOffsets.class,
        "fetch-offsets-1",
        (out, c) -> {
          GroupCodec.query(out, c.query());
          ref(out, c);
        },
        in -> new BrokerCommand.FetchOffsets(GroupCodec.query(in), ref(in)));
  }

  private void groupReplies() {
    register(
        BrokerReply.HeartbeatAnswered.class,
        "heartbeat-answered-1",
        GroupCodec::answered,
        GroupCodec::answered);
    register(
        BrokerReply.OffsetsCommitted.class,
        "offsets-committed-1",
        (out, r) -> GroupCodec.errors(out, r.partitions()),
        in -> new BrokerReply.OffsetsCommitted(GroupCodec.errors(in)));
    register(
        BrokerReply.OffsetsFetched.class,
        "offsets-fetched-1",
        (out, r) -> GroupCodec.offsets(out, r.offsets()),
        in -> new BrokerReply.OffsetsFetched(GroupCodec.offsets(in)));
  }

  private void replies() {
    register(
        BrokerReply.Refused.class,
        "refused-1",
        (out, r) -> out.int16(r.error().code()).string(r.message()),
        in -> new BrokerReply.Refused(Errors.forCode(in.int16()), in.string()));
    register(
        BrokerReply.Produced.class,
        "produced-1",
        (out, r) -> out.int64(r.baseOffset()),
        in -> new BrokerReply.Produced(in.int64()));
    register(
        BrokerReply.Fetched.class,
        "fetched-1",
        (out, r) ->
            out.list(r.records(), record -> RecordCodec.inbound(out, record))
                .int64(r.nextOffset())
                .int64(r.highWatermark())
                .int64(r.logStartOffset()),
        in ->
            new BrokerReply.Fetched(
                in.list(() -> RecordCodec.inbound(in)), in.int64(), in.int64(), in.int64()));
    register(
        BrokerReply.FetchedBatches.class,
        "fetched-batches-1",
        (out, r) ->
            out.list(r.batches(), out::bytes).int64(r.highWatermark()).int64(r.logStartOffset()),
        in ->
            new BrokerReply.FetchedBatches(
                in.list(() -> RecordCodec.batch(in)), in.int64(), in.int64()));
    register(
        BrokerReply.OffsetFound.class,
        "offset-found-1",
        (out, r) -> out.int64(r.offset()).int64(r.timestamp()),
        in -> new BrokerReply.OffsetFound(in.int64(), in.int64()));
    register(
        BrokerReply.RecordsDeleted.class,
        "records-deleted-1",
        (out, r) -> out.int64(r.logStartOffset()),
        in -> new BrokerReply.RecordsDeleted(in.int64()));
    register(
        BrokerReply.TopicDescribed.class,
        "topic-described-1",
        (out, r) ->
            out.string(r.topic())
                .int64(r.id().getMostSignificantBits())
                .int64(r.id().getLeastSignificantBits())
                .int32(r.partitions())
                .map(r.configs()),
        in ->
            new BrokerReply.TopicDescribed(
                in.string(), new Uuid(in.int64(), in.int64()), in.int32(), in.map()));
    register(
        BrokerReply.TopicsListed.class,
        "topics-listed-1",
        (out, r) -> out.list(r.topics(), out::string),
        in -> new BrokerReply.TopicsListed(in.list(in::string)));
    register(
        BrokerReply.ProducerIdAllocated.class,
        "producer-id-allocated-1",
        (out, r) -> out.int64(r.producerId()),
        in -> new BrokerReply.ProducerIdAllocated(in.int64()));
  }

  private void ref(WireOutput out, BrokerCommand command) {
    out.string(refs.toSerializationFormat(command.replyTo()));
  }

  private ActorRef<BrokerReply> ref(WireInput in) {
    return refs.resolveActorRef(in.string());
  }
}
