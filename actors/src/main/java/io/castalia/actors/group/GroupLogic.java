package io.castalia.actors.group;

import io.castalia.actors.message.VariantTable;
import java.util.List;

/**
 * What a group answers, and what becomes of it. Pure: the same group, requests and world give the
 * same decision.
 */
final class GroupLogic {
  static final VariantTable<Ticketed, GroupRequest, Runnable> TABLE =
      new VariantTable<Ticketed, GroupRequest, Runnable>()
          .on(JoinRequest.class, (to, join) -> () -> JoinLogic.join(to.turn(), to.ticket(), join))
          .on(SyncRequest.class, (to, sync) -> () -> SyncLogic.sync(to.turn(), to.ticket(), sync))
          .on(
              HeartbeatRequest.class,
              (to, beat) -> () -> SessionLogic.heartbeat(to.turn(), to.ticket(), beat))
          .on(
              LeaveRequest.class,
              (to, leave) -> () -> SessionLogic.leave(to.turn(), to.ticket(), leave))
          .on(
              CommitRequest.class,
              (to, commit) -> () -> OffsetLogic.commit(to.turn(), to.ticket(), commit))
          .on(
              OffsetsQuery.class,
              (to, query) -> () -> OffsetLogic.fetch(to.turn(), to.ticket(), query))
          .on(
              GroupRequest.DeleteOffsets.class,
              (to, delete) -> () -> OffsetLogic.delete(to.turn(), to.ticket(), delete))
          .on(
              GroupRequest.Describe.class,
              (to, describe) -> () -> AdminLogic.describe(to.turn(), to.ticket(), describe))
          .on(
              GroupRequest.Delete.class,
              (to, delete) -> () -> AdminLogic.delete(to.turn(), to.ticket(), delete));

  /** Where an answer belongs. */
  record Ticketed(Turn turn, long ticket) {}

  /** A request, with the ticket that its answer bears. */
  record Asked(long ticket, GroupRequest request) {}

  private GroupLogic() {}

  /** Decides about requests in their order, after whatever the time has brought. */
  static GroupDecision decide(GroupState state, List<Asked> requests, GroupWorld world) {
    Turn turn = new Turn(state, world);
    SessionLogic.tick(turn);
    requests.forEach(each -> TABLE.apply(new Ticketed(turn, each.ticket()), each.request()).run());
    return turn.end();
  }

  /** Drops what is too old. */
  static GroupDecision expire(GroupState state, GroupWorld world) {
    Turn turn = new Turn(state, world);
    OffsetExpiry.expire(turn);
    return turn.end();
  }
}
