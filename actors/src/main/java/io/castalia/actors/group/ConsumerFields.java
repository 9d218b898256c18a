package io.castalia.actors.group;

import io.castalia.actors.message.FieldReader;
import io.castalia.actors.message.FieldWriter;
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

  static void writePartitions(FieldWriter out, Map<Uuid, Set<Integer>> partitions) {
    out.list(
        new TreeMap<>(partitions).entrySet(),
        (to, topic) -> {
          to.uuid(topic.getKey());
          to.list(new TreeSet<>(topic.getValue()), FieldWriter::int32);
        });
  }

  static Map<Uuid, Set<Integer>> readPartitions(FieldReader in) {
    Map<Uuid, Set<Integer>> partitions = new HashMap<>();
    for (int left = in.int32(); left > 0; left--) {
      partitions.put(in.uuid(), Set.copyOf(in.list(FieldReader::int32)));
    }
    return partitions;
  }

  static void writeMembership(FieldWriter out, ConsumerMembership consumers) {
    writeEpoch(out, consumers.epoch());
    writeTarget(out, consumers.target().epoch(), consumers.target().members());
    out.list(consumers.all(), ConsumerFields::writeMember);
    out.int64(consumers.since());
  }

  static ConsumerMembership readMembership(FieldReader in) {
    return ConsumerMembership.of(
        readEpoch(in),
        new TargetAssignment(in.int32(), readAssignments(in)),
        in.list(ConsumerFields::readMember),
        in.int64());
  }

  static void writeEpoch(FieldWriter out, GroupEpoch epoch) {
    out.int32(epoch.number());
    out.int64(epoch.topics());
  }

  static GroupEpoch readEpoch(FieldReader in) {
    return new GroupEpoch(in.int32(), in.int64());
  }

  static void writeTarget(FieldWriter out, int epoch, Map<String, Assignment> members) {
    out.int32(epoch);
    out.list(
        new TreeMap<>(members).entrySet(),
        (to, member) -> {
          to.string(member.getKey());
          writePartitions(to, member.getValue().partitions());
        });
  }

  static Map<String, Assignment> readAssignments(FieldReader in) {
    Map<String, Assignment> assignments = new HashMap<>();
    for (int left = in.int32(); left > 0; left--) {
      assignments.put(in.string(), new Assignment(readPartitions(in)));
    }
    return assignments;
  }

  static void writeMember(FieldWriter out, ConsumerMember member) {
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

  static ConsumerMember readMember(FieldReader in) {
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

  private static void writeSubscription(FieldWriter out, MemberSubscription wanted) {
    out.optional(wanted.rackId(), FieldWriter::string);
    out.int64(wanted.rebalanceTimeout().toMillis());
    out.list(new TreeSet<>(wanted.topics()), FieldWriter::string);
    out.string(wanted.regex());
    out.optional(wanted.assignor(), FieldWriter::string);
  }

  private static MemberSubscription readSubscription(FieldReader in) {
    return new MemberSubscription(
        in.optional(FieldReader::string),
        Duration.ofMillis(in.int64()),
        Set.copyOf(in.list(FieldReader::string)),
        in.string(),
        in.optional(FieldReader::string));
  }

  static void writeStanding(FieldWriter out, Standing standing) {
    out.int32(standing.epoch());
    out.int32(standing.previousEpoch());
    out.int8(standing.state().code());
    writeEpochs(out, standing.assigned());
    writeEpochs(out, standing.revoking());
  }

  static Standing readStanding(FieldReader in) {
    return new Standing(
        in.int32(), in.int32(), Standing.State.of(in.int8()), readEpochs(in), readEpochs(in));
  }

  private static void writeEpochs(FieldWriter out, PartitionEpochs epochs) {
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

  private static PartitionEpochs readEpochs(FieldReader in) {
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
