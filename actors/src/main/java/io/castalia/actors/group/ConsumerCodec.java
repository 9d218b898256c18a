package io.castalia.actors.group;

import io.castalia.actors.group.ConsumerGroupDescription.ConsumerDescription;
import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.protocol.Errors;

/** Requests and replies of the consumer protocol, as fields. */
final class ConsumerCodec {
  private ConsumerCodec() {}

  static void write(WireOutput out, ConsumerHeartbeatRequest request) {
    out.string(request.groupId());
    GroupFields.writeIdentity(out, request.member());
    out.int32(request.memberEpoch());
    GroupFields.writeClient(out, request.client());
    write(out, request.subscription());
    out.optional(request.owned(), ConsumerFields::writePartitions);
  }

  static ConsumerHeartbeatRequest readHeartbeat(WireInput in) {
    return new ConsumerHeartbeatRequest(
        in.string(),
        GroupFields.readIdentity(in),
        in.int32(),
        GroupFields.readClient(in),
        readSubscription(in),
        in.optional(ConsumerFields::readPartitions));
  }

  private static void write(WireOutput out, ConsumerSubscription wanted) {
    out.optional(wanted.rackId(), WireOutput::string);
    out.optional(wanted.rebalanceTimeout(), (to, timeout) -> to.int64(timeout.toMillis()));
    out.optional(
        wanted.topics(), (to, topics) -> to.list(new TreeSet<>(topics), WireOutput::string));
    out.optional(wanted.regex(), WireOutput::string);
    out.optional(wanted.assignor(), WireOutput::string);
  }

  private static ConsumerSubscription readSubscription(WireInput in) {
    return new ConsumerSubscription(
        in.optional(WireInput::string),
        in.optional(from -> Duration.ofMillis(from.int64())),
        in.optional(from -> Set.copyOf(from.list(WireInput::string))),
        in.optional(WireInput::string),
        in.optional(WireInput::string));
  }

  static void write(WireOutput out, ConsumerHeartbeatReply reply) {
    out.int16(reply.error().code());
    out.optional(reply.message(), WireOutput::string);
    out.string(reply.memberId());
    out.int32(reply.memberEpoch());
    out.int64(reply.heartbeatInterval().toMillis());
    out.optional(reply.assignment(), ConsumerFields::writePartitions);
  }

  static ConsumerHeartbeatReply readHeartbeatReply(WireInput in) {
    return new ConsumerHeartbeatReply(
        Errors.forCode(in.int16()),
        in.optional(WireInput::string),
        in.string(),
        in.int32(),
        Duration.ofMillis(in.int64()),
        in.optional(ConsumerFields::readPartitions));
  }

  static void write(WireOutput out, ConsumerGroupDescription description) {
    out.int16(description.error().code());
    out.string(description.groupId());
    out.string(description.state());
    out.int32(description.groupEpoch());
    out.int32(description.assignmentEpoch());
    out.string(description.assignor());
    out.list(description.members(), ConsumerCodec::writeMember);
  }

  private static void writeMember(WireOutput out, ConsumerDescription member) {
    GroupFields.writeIdentity(out, member.member());
    GroupFields.writeClient(out, member.client());
    out.bool(member.classic());
    out.optional(member.rackId(), WireOutput::string);
    out.int32(member.epoch());
    out.list(new TreeSet<>(member.topics()), WireOutput::string);
    out.string(member.regex());
    ConsumerFields.writePartitions(out, member.assigned());
    ConsumerFields.writePartitions(out, member.target());
  }

  static ConsumerGroupDescription readDescription(WireInput in) {
    return new ConsumerGroupDescription(
        Errors.forCode(in.int16()),
        in.string(),
        in.string(),
        in.int32(),
        in.int32(),
        in.string(),
        in.list(ConsumerCodec::readMember));
  }

  private static ConsumerDescription readMember(WireInput in) {
    return new ConsumerDescription(
        GroupFields.readIdentity(in),
        GroupFields.readClient(in),
        in.bool(),
        in.optional(WireInput::string),
        in.int32(),
        Set.copyOf(in.list(WireInput::string)),
        in.string(),
        ConsumerFields.readPartitions(in),
        ConsumerFields.readPartitions(in));
  }
}
