package io.castalia.actors.topic;

import io.castalia.actors.message.UnionCodec;
import io.castalia.actors.topic.RegistryChange.BrokersAltered;
import io.castalia.actors.topic.RegistryChange.ClusterNamed;
import io.castalia.actors.topic.RegistryChange.PartitionsPurged;
import io.castalia.actors.topic.RegistryChange.ProducerIdsAllocated;
import io.castalia.actors.topic.RegistryChange.TopicAltered;
import io.castalia.actors.topic.RegistryChange.TopicCreated;
import io.castalia.actors.topic.RegistryChange.TopicDeleted;
import io.castalia.actors.topic.RegistryChange.TopicGrown;
import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;

/** Writes changes as a kind, one byte, and their fields. A kind is never used for another thing. */
final class RegistryChangeCodec {
  static final UnionCodec<RegistryChange> CODEC =
      new UnionCodec<RegistryChange>()
          .on(
              1,
              ClusterNamed.class,
              (out, named) -> out.string(named.id()),
              in -> new ClusterNamed(in.string()))
          .on(
              2,
              TopicCreated.class,
              (out, created) -> TopicFields.write(out, created.topic()),
              in -> new TopicCreated(TopicFields.read(in)))
          .on(
              3,
              TopicDeleted.class,
              (out, deleted) -> out.uuid(deleted.id()),
              in -> new TopicDeleted(in.uuid()))
          .on(
              4,
              TopicGrown.class,
              (out, grown) -> {
                out.uuid(grown.id());
                out.int32(grown.partitions());
              },
              in -> new TopicGrown(in.uuid(), in.int32()))
          .on(
              5,
              TopicAltered.class,
              (out, altered) -> {
                out.uuid(altered.id());
                out.map(altered.configs());
              },
              in -> new TopicAltered(in.uuid(), in.map()))
          .on(
              6,
              BrokersAltered.class,
              (out, altered) -> out.map(altered.configs()),
              in -> new BrokersAltered(in.map()))
          .on(
              7,
              ProducerIdsAllocated.class,
              (out, allocated) -> out.int64(allocated.next()),
              in -> new ProducerIdsAllocated(in.int64()))
          .on(
              8,
              PartitionsPurged.class,
              (out, purged) -> {
                out.uuid(purged.id());
                out.int32(purged.next());
              },
              in -> new PartitionsPurged(in.uuid(), in.int32()));

  private RegistryChangeCodec() {}

  static void write(WireOutput out, RegistryChange change) {
    CODEC.write(out, change);
  }

  static RegistryChange read(WireInput in) {
    return CODEC.read(in);
  }
}
