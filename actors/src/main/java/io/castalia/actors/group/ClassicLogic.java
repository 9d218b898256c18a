package io.castalia.actors.group;

import io.castalia.actors.group.GroupLogic.Ticketed;
import io.castalia.actors.message.VariantTable;
import org.apache.kafka.common.protocol.Errors;

/** What a group answers that uses the classic protocol, or that nobody has joined yet. */
final class ClassicLogic {
  static final VariantTable<Ticketed, GroupRequest, Runnable> TABLE =
      new VariantTable<Ticketed, GroupRequest, Runnable>()
          .on(JoinRequest.class, (to, join) -> () -> JoinLogic.join(to.turn(), to.ticket(), join))
          .on(SyncRequest.class, (to, sync) -> () -> SyncLogic.sync(to.turn(), to.ticket(), sync))
          .on(
              HeartbeatRequest.class,
              (to, beat) -> () -> SessionLogic.heartbeat(to.turn(), to.ticket(), beat))
          .on(
              ConsumerHeartbeatRequest.class,
              (to, beat) -> () -> ProtocolChange.heartbeat(to.turn(), to.ticket(), beat))
          .on(
              LeaveRequest.class,
              (to, leave) -> () -> SessionLogic.leave(to.turn(), to.ticket(), leave))
          .on(
              CommitRequest.class,
              (to, commit) ->
                  () ->
                      OffsetLogic.commit(
                          to.turn(), to.ticket(), commit, ClassicCommits.check(to.turn(), commit)))
          .on(
              OffsetsQuery.class,
              (to, query) -> () -> OffsetLogic.fetch(to.turn(), to.ticket(), query, Errors.NONE))
          .on(
              GroupRequest.DeleteOffsets.class,
              (to, delete) -> () -> OffsetLogic.delete(to.turn(), to.ticket(), delete))
          .on(
              GroupRequest.Describe.class,
              (to, describe) -> () -> AdminLogic.describe(to.turn(), to.ticket(), describe))
          .on(
              GroupRequest.DescribeConsumers.class,
              (to, describe) ->
                  () ->
                      to.turn()
                          .answer(
                              to.ticket(),
                              ConsumerGroupDescription.refused(
                                  describe.groupId(), Errors.GROUP_ID_NOT_FOUND)))
          .on(
              GroupRequest.Delete.class,
              (to, delete) -> () -> AdminLogic.delete(to.turn(), to.ticket(), delete));

  private ClassicLogic() {}
}
