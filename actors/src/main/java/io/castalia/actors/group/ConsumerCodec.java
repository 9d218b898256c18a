package io.castalia.actors.group;

import io.castalia.actors.group.ConsumerGroupDescription.ConsumerDescription;
import io.castalia.actors.message.FieldReader;
import io.castalia.actors.message.FieldWriter;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.protocol.Errors;

/** Requests and replies of the consumer protocol, as fields. */
final class ConsumerCodec {
  private ConsumerCodec() {}

  static void write(FieldWriter out, ConsumerHeartbeatRequest request) {
    out.string(request.groupId());
    GroupFields.writeIdentity(out, request.member());
    out.int32(request.memberEpoch());
    GroupFields.writeClient(out, request.client());
    write(out, request.subscription());
    out.optional(request.owned(), ConsumerFields::writePartitions);
  }

  static ConsumerHeartbeatRequest readHeartbeat(FieldReader in) {
    return new ConsumerHeartbeatRequest(
        in.string(),
        GroupFields.readIdentity(in),
        in.int32(),
        GroupFields.readClient(in),
        readSubscription(in),
        in.optional(ConsumerFields::readPartitions));
  }

  private static void write(FieldWriter out, ConsumerSubscription wanted) {
    out.optional(wanted.rackId(), FieldWriter::string);
    out.optional(wanted.rebalanceTimeout(), (to, timeout) -> to.int64(timeout.toMillis()));
    out.optional(
        wanted.topics(), (to, topics) -> to.list(new TreeSet<>(topics), FieldWriter::string));
    out.optional(wanted.regex(), FieldWriter::string);
    out.optional(wanted.assignor(), FieldWriter::string);
  }

  private static ConsumerSubscription readSubscription(FieldReader in) {
    return new ConsumerSubscription(
        in.optional(FieldReader::string),
        in.optional(from -> Duration.ofMillis(from.int64())),
        in.optional(from -> Set.copyOf(from.list(FieldReader::string))),
        in.optional(FieldReader::string),
        in.optional(FieldReader::string));
  }

  static void write(FieldWriter out, ConsumerHeartbeatReply reply) {
    out.int16(reply.error().code());
    out.optional(reply.message(), FieldWriter::string);
    out.string(reply.memberId());
    out.int32(reply.memberEpoch());
    out.int64(reply.heartbeatInterval().toMillis());
    out.optional(reply.assignment(), ConsumerFields::writePartitions);
  }

  static ConsumerHeartbeatReply readHeartbeatReply(FieldReader in) {
    return new ConsumerHeartbeatReply(
        Errors.forCode(in.int16()),
        in.optional(FieldReader::string),
        in.string(),
        in.int32(),
        Duration.ofMillis(in.int64()),
        in.optional(ConsumerFields::readPartitions));
  }

  static void write(FieldWriter out, ConsumerGroupDescription description) {
    out.int16(description.error().code());
    out.string(description.groupId());
    out.string(description.state());
    out.int32(description.groupEpoch());
    out.int32(description.assignmentEpoch());
    out.string(description.assignor());
    out.list(description.members(), ConsumerCodec::writeMember);
  }

  private static void writeMember(FieldWriter out, ConsumerDescription member) {
    GroupFields.writeIdentity(out, member.member());
    GroupFields.writeClient(out, member.client());
    out.bool(member.classic());
    out.optional(member.rackId(), FieldWriter::string);
    out.int32(member.epoch());
    out.list(new TreeSet<>(member.topics()), FieldWriter::string);
    out.string(member.regex());
    ConsumerFields.writePartitions(out, member.assigned());
    ConsumerFields.writePartitions(out, member.target());
  }

  static ConsumerGroupDescription readDescription(FieldReader in) {
    return new ConsumerGroupDescription(
        Errors.forCode(in.int16()),
        in.string(),
        in.string(),
        in.int32(),
        in.int32(),
        in.string(),
        in.list(ConsumerCodec::readMember));
  }

  private static ConsumerDescription readMember(FieldReader in) {
    return new ConsumerDescription(
        GroupFields.readIdentity(in),
        GroupFields.readClient(in),
        in.bool(),
        in.optional(FieldReader::string),
        in.int32(),
        Set.copyOf(in.list(FieldReader::string)),
        in.string(),
        ConsumerFields.readPartitions(in),
        ConsumerFields.readPartitions(in));
  }
}
