package io.castalia.actors.group;

import java.util.List;
import java.util.function.Predicate;

/**
 * What a group answers, and what becomes of it. Pure: the same group, requests and world give the
 * same decision.
 */
final class GroupLogic {
  /** Where an answer belongs. */
  record Ticketed(Turn turn, long ticket) {}

  /** A request, with the ticket that its answer bears. */
  record Asked(long ticket, GroupRequest request) {}

  private GroupLogic() {}

  /** Decides about requests in their order, after whatever the time has brought. */
  static GroupDecision decide(GroupState state, List<Asked> requests, GroupWorld world) {
    Turn turn = new Turn(state, world);
    if (state instanceof ConsumerState) {
      ConsumerSessions.tick(turn);
    } else {
      SessionLogic.tick(turn);
    }
    requests.forEach(each -> decide(turn, each));
    return turn.end();
  }

  private static void decide(Turn turn, Asked asked) {
    Ticketed to = new Ticketed(turn, asked.ticket());
    (turn.state() instanceof ConsumerState ? ConsumerLogic.TABLE : ClassicLogic.TABLE)
        .apply(to, asked.request())
        .run();
  }

  /**
   * Takes members out that are gone with the node that they were on. Those are services, which use
   * the consumer protocol.
   *
   * @param lost whether that is so of a member that speaks from there
   */
  static GroupDecision lose(GroupState state, GroupWorld world, Predicate<ClientAddress> lost) {
    Turn turn = new Turn(state, world);
    if (state instanceof ConsumerState) {
      ConsumerSessions.lose(turn, lost);
    }
    return turn.end();
  }

  /** Drops what is too old. */
  static GroupDecision expire(GroupState state, GroupWorld world) {
    Turn turn = new Turn(state, world);
    OffsetExpiry.expire(turn);
    return turn.end();
  }
}
