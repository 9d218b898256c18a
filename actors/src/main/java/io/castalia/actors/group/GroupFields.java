package io.castalia.actors.group;

import io.castalia.actors.group.ListReply.GroupListing;
import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/** Parts of messages about groups, as fields. */
final class GroupFields {
  private static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private GroupFields() {}

  static void writeIdentity(WireOutput out, MemberIdentity identity) {
    out.string(identity.memberId());
    out.optional(identity.instanceId(), WireOutput::string);
  }

  static MemberIdentity readIdentity(WireInput in) {
    return new MemberIdentity(in.string(), in.optional(WireInput::string));
  }

  static void writeClient(WireOutput out, ClientAddress client) {
    out.string(client.clientId());
    out.string(client.host());
  }

  static ClientAddress readClient(WireInput in) {
    return new ClientAddress(in.string(), in.string());
  }

  static void writeProtocol(WireOutput out, GroupProtocol protocol) {
    out.string(protocol.name());
    out.bytes(protocol.metadata());
  }

  static GroupProtocol readProtocol(WireInput in) {
    return new GroupProtocol(in.string(), in.presentBytes());
  }

  static void writePartition(WireOutput out, TopicPartition partition) {
    out.string(partition.topic());
    out.int32(partition.partition());
  }

  static TopicPartition readPartition(WireInput in) {
    return new TopicPartition(in.string(), in.int32());
  }

  /** In a fixed order, so that equal values have equal bytes. */
  static List<TopicPartition> sorted(Collection<TopicPartition> partitions) {
    return partitions.stream().sorted(ORDER).toList();
  }

  static void writePartitions(WireOutput out, Set<TopicPartition> partitions) {
    out.list(sorted(partitions), GroupFields::writePartition);
  }

  static Set<TopicPartition> readPartitions(WireInput in) {
    return Set.copyOf(in.list(GroupFields::readPartition));
  }

  static <V> void writeByPartition(
      WireOutput out, Map<TopicPartition, V> values, BiConsumer<WireOutput, V> value) {
    Map<TopicPartition, V> ordered = new TreeMap<>(ORDER);
    ordered.putAll(values);
    out.list(
        ordered.entrySet(),
        (to, entry) -> {
          writePartition(to, entry.getKey());
          value.accept(to, entry.getValue());
        });
  }

  static <V> Map<TopicPartition, V> readByPartition(WireInput in, Function<WireInput, V> value) {
    Map<TopicPartition, V> values = new HashMap<>();
    for (int left = in.int32(); left > 0; left--) {
      values.put(readPartition(in), value.apply(in));
    }
    return values;
  }

  static void writeQuery(WireOutput out, ListQuery query) {
    out.list(new TreeSet<>(query.states()), WireOutput::string);
    out.list(new TreeSet<>(query.types()), WireOutput::string);
  }

  static ListQuery readQuery(WireInput in) {
    return new ListQuery(
        Set.copyOf(in.list(WireInput::string)), Set.copyOf(in.list(WireInput::string)));
  }

  static void writeListing(WireOutput out, GroupListing listing) {
    out.string(listing.groupId());
    out.string(listing.protocolType());
    out.string(listing.state());
    out.string(listing.type());
  }

  static GroupListing readListing(WireInput in) {
    return new GroupListing(in.string(), in.string(), in.string(), in.string());
  }
}
