package io.castalia.api.internal;

import io.castalia.api.BrokerCommand;
import io.castalia.api.BrokerReply;
import java.time.Duration;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The binary forms of commands to brokers: fields in the order of their records, the asker last.
 */
final class BrokerCommandForms {
  private final WireRefs refs;

  BrokerCommandForms(WireRefs refs) {
    this.refs = refs;
  }

  void addTo(WireTable table) {
    addWriting(table);
    addReading(table);
    addTopics(table);
    addGroups(table);
  }

  private void addWriting(WireTable table) {
    table
        .row(
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
                    ref(in)))
        .row(
            BrokerCommand.ProduceBatch.class,
            "produce-batch-1",
            (out, c) -> ref(RecordCodec.partition(out, c.partition()).bytes(c.batch()), c),
            in ->
                new BrokerCommand.ProduceBatch(
                    RecordCodec.partition(in), in.presentBytes(), ref(in)))
        .row(
            BrokerCommand.DeleteRecords.class,
            "delete-records-1",
            (out, c) -> ref(RecordCodec.partition(out, c.partition()).int64(c.offset()), c),
            in -> new BrokerCommand.DeleteRecords(RecordCodec.partition(in), in.int64(), ref(in)));
  }

  private void addReading(WireTable table) {
    table
        .row(
            BrokerCommand.FetchBatches.class,
            "fetch-batches-1",
            (out, c) -> {
              RecordCodec.partition(out, c.partition()).int64(c.offset());
              ref(out.int32(c.maxBytes()).int64(c.maxWait().toMillis()), c);
            },
            in ->
                new BrokerCommand.FetchBatches(
                    RecordCodec.partition(in), in.int64(), in.int32(), millis(in), ref(in)))
        .row(
            BrokerCommand.Fetch.class,
            "fetch-1",
            (out, c) -> {
              RecordCodec.partition(out, c.partition()).int64(c.offset());
              ref(out.int32(c.maxBytes()).int64(c.maxWait().toMillis()), c);
            },
            in ->
                new BrokerCommand.Fetch(
                    RecordCodec.partition(in), in.int64(), in.int32(), millis(in), ref(in)))
        .row(
            BrokerCommand.FindOffset.class,
            "find-offset-1",
            (out, c) -> ref(RecordCodec.partition(out, c.partition()).int64(c.timestamp()), c),
            in -> new BrokerCommand.FindOffset(RecordCodec.partition(in), in.int64(), ref(in)));
  }

  private void addTopics(WireTable table) {
    table
        .row(
            BrokerCommand.CreateTopic.class,
            "create-topic-1",
            (out, c) -> ref(out.string(c.topic()).int32(c.partitions()).map(c.configs()), c),
            in -> new BrokerCommand.CreateTopic(in.string(), in.int32(), in.map(), ref(in)))
        .row(
            BrokerCommand.CreatePartitions.class,
            "create-partitions-1",
            (out, c) -> ref(out.string(c.topic()).int32(c.count()), c),
            in -> new BrokerCommand.CreatePartitions(in.string(), in.int32(), ref(in)))
        .row(
            BrokerCommand.AlterTopicConfigs.class,
            "alter-topic-configs-1",
            (out, c) -> ref(out.string(c.topic()).map(c.set()).list(c.deleted(), out::string), c),
            in ->
                new BrokerCommand.AlterTopicConfigs(
                    in.string(), in.map(), Set.copyOf(in.list(in::string)), ref(in)))
        .row(
            BrokerCommand.DeleteTopic.class,
            "delete-topic-1",
            (out, c) -> ref(out.string(c.topic()), c),
            in -> new BrokerCommand.DeleteTopic(in.string(), ref(in)))
        .row(
            BrokerCommand.DescribeTopic.class,
            "describe-topic-1",
            (out, c) -> ref(out.string(c.topic()), c),
            in -> new BrokerCommand.DescribeTopic(in.string(), ref(in)))
        .row(
            BrokerCommand.ListTopics.class,
            "list-topics-1",
            this::ref,
            in -> new BrokerCommand.ListTopics(ref(in)))
        .row(
            BrokerCommand.AllocateProducerId.class,
            "allocate-producer-id-1",
            this::ref,
            in -> new BrokerCommand.AllocateProducerId(ref(in)));
  }

  private void addGroups(WireTable table) {
    table
        .row(
            BrokerCommand.GroupHeartbeat.class,
            "group-heartbeat-1",
            (out, c) -> {
              GroupCodec.heartbeat(out, c.heartbeat());
              ref(out, c);
            },
            in -> new BrokerCommand.GroupHeartbeat(GroupCodec.heartbeat(in), ref(in)))
        .row(
            BrokerCommand.CommitOffsets.class,
            "commit-offsets-1",
            (out, c) -> {
              GroupCodec.commit(out, c.commit());
              ref(out, c);
            },
            in -> new BrokerCommand.CommitOffsets(GroupCodec.commit(in), ref(in)))
        .row(
            BrokerCommand.FetchOffsets.class,
            "fetch-offsets-1",
            (out, c) -> {
              GroupCodec.query(out, c.query());
              ref(out, c);
            },
            in -> new BrokerCommand.FetchOffsets(GroupCodec.query(in), ref(in)));
  }

  private static Duration millis(WireInput in) {
    return Duration.ofMillis(in.int64());
  }

  private void ref(WireOutput out, BrokerCommand command) {
    refs.write(out, command.replyTo());
  }

  private ActorRef<BrokerReply> ref(WireInput in) {
    return refs.read(in);
  }
}
