package io.castalia.actors.group;

import io.castalia.actors.group.GroupLogic.Ticketed;
import io.castalia.actors.message.VariantTable;
import org.apache.kafka.common.protocol.Errors;

/** What a group answers that uses the consumer protocol. */
final class ConsumerLogic {
  static final VariantTable<Ticketed, GroupRequest, Runnable> TABLE =
      new VariantTable<Ticketed, GroupRequest, Runnable>()
          .on(
              ConsumerHeartbeatRequest.class,
              (to, beat) -> () -> ConsumerHeartbeats.heartbeat(to.turn(), to.ticket(), beat))
          .on(
              JoinRequest.class,
              (to, join) -> () -> ProtocolChange.join(to.turn(), to.ticket(), join))
          .on(
              SyncRequest.class,
              (to, sync) -> () -> ClassicMembers.sync(to.turn(), to.ticket(), sync))
          .on(
              HeartbeatRequest.class,
              (to, beat) -> () -> ClassicMembers.heartbeat(to.turn(), to.ticket(), beat))
          .on(
              LeaveRequest.class,
              (to, leave) -> () -> ClassicMembers.leave(to.turn(), to.ticket(), leave))
          .on(
              CommitRequest.class,
              (to, commit) ->
                  () ->
                      OffsetLogic.commit(
                          to.turn(), to.ticket(), commit, ConsumerCommits.check(to.turn(), commit)))
          .on(
              OffsetsQuery.class,
              (to, query) ->
                  () ->
                      OffsetLogic.fetch(
                          to.turn(),
                          to.ticket(),
                          query,
                          ConsumerCommits.refusal(to.turn().consumers(), query)))
          .on(
              GroupRequest.DeleteOffsets.class,
              (to, delete) -> () -> OffsetLogic.delete(to.turn(), to.ticket(), delete))
          .on(
              GroupRequest.Describe.class,
              (to, describe) ->
                  () ->
                      answer(
                          to,
                          GroupDescription.refused(describe.groupId(), Errors.GROUP_ID_NOT_FOUND)))
          .on(
              GroupRequest.DescribeConsumers.class,
              (to, describe) -> () -> AdminLogic.describe(to.turn(), to.ticket(), describe))
          .on(
              GroupRequest.Delete.class,
              (to, delete) -> () -> AdminLogic.delete(to.turn(), to.ticket(), delete));

  private ConsumerLogic() {}

  private static void answer(Ticketed to, GroupReply reply) {
    to.turn().answer(to.ticket(), reply);
  }
}
