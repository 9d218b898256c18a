package io.castalia.actors.topic;

import io.castalia.actors.message.UnionCodec;
import io.castalia.actors.topic.ConfigChange.Operation;
import io.castalia.actors.topic.RegistryRequest.AllocateProducerIds;
import io.castalia.actors.topic.RegistryRequest.AlterBrokers;
import io.castalia.actors.topic.RegistryRequest.AlterTopic;
import io.castalia.actors.topic.RegistryRequest.CreateTopic;
import io.castalia.actors.topic.RegistryRequest.DeleteTopic;
import io.castalia.actors.topic.RegistryRequest.GrowTopic;
import io.castalia.actors.topic.RegistryRequest.NameCluster;
import io.castalia.actors.topic.RegistryRequest.RecordPurge;
import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;

/** Writes requests as a kind, one byte, and their fields. */
final class RegistryRequestCodec {
  static final UnionCodec<RegistryRequest> CODEC =
      new UnionCodec<RegistryRequest>()
          .on(
              1,
              CreateTopic.class,
              (out, create) -> {
                out.string(create.name());
                out.int32(create.partitions());
                out.map(create.configs());
              },
              in -> new CreateTopic(in.string(), in.int32(), in.map()))
          .on(
              2,
              DeleteTopic.class,
              (out, delete) -> out.uuid(delete.id()),
              in -> new DeleteTopic(in.uuid()))
          .on(
              3,
              GrowTopic.class,
              (out, grow) -> {
                out.string(grow.name());
                out.int32(grow.count());
              },
              in -> new GrowTopic(in.string(), in.int32()))
          .on(
              4,
              AlterTopic.class,
              (out, alter) -> {
                out.string(alter.name());
                out.list(alter.changes(), RegistryRequestCodec::writeChange);
              },
              in -> new AlterTopic(in.string(), in.list(RegistryRequestCodec::readChange)))
          .on(
              5,
              AlterBrokers.class,
              (out, alter) -> out.list(alter.changes(), RegistryRequestCodec::writeChange),
              in -> new AlterBrokers(in.list(RegistryRequestCodec::readChange)))
          .on(6, AllocateProducerIds.class, (out, allocate) -> {}, in -> new AllocateProducerIds())
          .on(
              7,
              NameCluster.class,
              (out, name) -> out.string(name.id()),
              in -> new NameCluster(in.string()))
          .on(
              8,
              RecordPurge.class,
              (out, purge) -> {
                out.uuid(purge.id());
                out.int32(purge.next());
              },
              in -> new RecordPurge(in.uuid(), in.int32()));

  private RegistryRequestCodec() {}

  static void write(WireOutput out, RegistryRequest request) {
    CODEC.write(out, request);
  }

  static RegistryRequest read(WireInput in) {
    return CODEC.read(in);
  }

  private static void writeChange(WireOutput out, ConfigChange change) {
    out.string(change.name());
    out.string(change.operation().name());
    out.string(change.value());
  }

  private static ConfigChange readChange(WireInput in) {
    return new ConfigChange(in.string(), Operation.valueOf(in.string()), in.string());
  }
}
