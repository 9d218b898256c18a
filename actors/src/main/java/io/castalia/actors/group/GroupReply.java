package io.castalia.actors.group;

import org.apache.kafka.common.protocol.Errors;

/** What a coordinator answers. */
sealed interface GroupReply
    permits JoinReply,
        SyncReply,
        ConsumerHeartbeatReply,
        LeaveReply,
        CommitReply,
        OffsetsReply,
        DeleteOffsetsReply,
        GroupDescription,
        ConsumerGroupDescription,
        GroupReply.Code {

  /** The answer to a heartbeat or to a deletion. */
  record Code(Errors error) implements GroupReply {}
}
