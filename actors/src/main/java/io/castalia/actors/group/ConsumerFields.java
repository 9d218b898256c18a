package io.castalia.actors.group;

import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;

/** Parts of messages about groups that use the consumer protocol, as fields. */
final class ConsumerFields {
  private ConsumerFields() {}

  static void writePartitions(WireOutput out, Map<Uuid, Set<Integer>> partitions) {
    out.list(
        new TreeMap<>(partitions).entrySet(),
        (to, topic) -> {
          to.uuid(topic.getKey());
          to.list(new TreeSet<>(topic.getValue()), WireOutput::int32);
        });
  }

  static Map<Uuid, Set<Integer>> readPartitions(WireInput in) {
    Map<Uuid, Set<Integer>> partitions = new HashMap<>();
    for (int left = in.int32(); left > 0; left--) {
      partitions.put(in.uuid(), Set.copyOf(in.list(WireInput::int32)));
    }
    return partitions;
  }

  static void writeMembership(WireOutput out, ConsumerMembership consumers) {
    writeEpoch(out, consumers.epoch());
    writeTarget(out, consumers.target().epoch(), consumers.target().members());
    out.list(consumers.all(), ConsumerFields::writeMember);
    out.int64(consumers.since());
  }

  static ConsumerMembership readMembership(WireInput in) {
    return ConsumerMembership.of(
        readEpoch(in),
        new TargetAssignment(in.int32(), readAssignments(in)),
        in.list(ConsumerFields::readMember),
        in.int64());
  }

  static void writeEpoch(WireOutput out, GroupEpoch epoch) {
    out.int32(epoch.number());
    out.int64(epoch.topics());
  }

  static GroupEpoch readEpoch(WireInput in) {
    return new GroupEpoch(in.int32(), in.int64());
  }

  static void writeTarget(WireOutput out, int epoch, Map<String, Assignment> members) {
    out.int32(epoch);
    out.list(
        new TreeMap<>(members).entrySet(),
        (to, member) -> {
          to.string(member.getKey());
          writePartitions(to, member.getValue().partitions());
        });
  }

  static Map<String, Assignment> readAssignments(WireInput in) {
    Map<String, Assignment> assignments = new HashMap<>();
    for (int left = in.int32(); left > 0; left--) {
      assignments.put(in.string(), new Assignment(readPartitions(in)));
    }
    return assignments;
  }

  static void writeMember(WireOutput out, ConsumerMember member) {
    GroupFields.writeIdentity(out, member.identity());
    GroupFields.writeClient(out, member.client());
    writeSubscription(out, member.subscription());
    out.optional(
        member.classic(),
        (to, terms) -> {
          to.int64(terms.sessionTimeout().toMillis());
          to.list(terms.protocols(), GroupFields::writeProtocol);
        });
    writeStanding(out, member.standing());
  }

  static ConsumerMember readMember(WireInput in) {
    return new ConsumerMember(
        GroupFields.readIdentity(in),
        GroupFields.readClient(in),
        readSubscription(in),
        in.optional(
            from ->
                new ClassicTerms(
                    Duration.ofMillis(from.int64()), from.list(GroupFields::readProtocol))),
        readStanding(in));
  }

  private static void writeSubscription(WireOutput out, MemberSubscription wanted) {
    out.optional(wanted.rackId(), WireOutput::string);
    out.int64(wanted.rebalanceTimeout().toMillis());
    out.list(new TreeSet<>(wanted.topics()), WireOutput::string);
    out.string(wanted.regex());
    out.optional(wanted.assignor(), WireOutput::string);
  }

  private static MemberSubscription readSubscription(WireInput in) {
    return new MemberSubscription(
        in.optional(WireInput::string),
        Duration.ofMillis(in.int64()),
        Set.copyOf(in.list(WireInput::string)),
        in.string(),
        in.optional(WireInput::string));
  }

  static void writeStanding(WireOutput out, Standing standing) {
    out.int32(standing.epoch());
    out.int32(standing.previousEpoch());
    out.int8(standing.state().code());
    writeEpochs(out, standing.assigned());
    writeEpochs(out, standing.revoking());
  }

  static Standing readStanding(WireInput in) {
    return new Standing(
        in.int32(), in.int32(), Standing.State.of(in.int8()), readEpochs(in), readEpochs(in));
  }

  private static void writeEpochs(WireOutput out, PartitionEpochs epochs) {
    out.list(
        new TreeMap<>(epochs.epochs()).entrySet(),
        (to, topic) -> {
          to.uuid(topic.getKey());
          to.list(
              new TreeMap<>(topic.getValue()).entrySet(),
              (each, partition) -> {
                each.int32(partition.getKey());
                each.int32(partition.getValue());
              });
        });
  }

  private static PartitionEpochs readEpochs(WireInput in) {
    Map<Uuid, Map<Integer, Integer>> epochs = new HashMap<>();
    for (int topics = in.int32(); topics > 0; topics--) {
      Uuid topic = in.uuid();
      Map<Integer, Integer> partitions = new HashMap<>();
      for (int left = in.int32(); left > 0; left--) {
        partitions.put(in.int32(), in.int32());
      }
      epochs.put(topic, partitions);
    }
    return new PartitionEpochs(epochs);
  }
}
