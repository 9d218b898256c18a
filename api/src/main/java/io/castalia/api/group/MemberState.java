package io.castalia.api.group;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicIdPartition;

/**
 * What a member knows.
 *
 * @param epoch as last answered; 0 before it has joined
 * @param reported what it has as far as the coordinator has heard; nothing if the next heartbeat
 *     must say all
 * @param speaking the heartbeat that is under way
 * @param asking the question for committed offsets that is under way
 * @param leaving whether its service has said farewell
 * @param failures heartbeats in a row that found nobody to answer them
 */
record MemberState(
    int epoch,
    Holdings holdings,
    Optional<Set<TopicIdPartition>> reported,
    Optional<MemberEffect.Speak> speaking,
    Optional<MemberEffect.FindOffsets> asking,
    boolean leaving,
    int failures) {

  static final MemberState NEW =
      new MemberState(
          MemberHeartbeat.JOIN,
          Holdings.NONE,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          0);

  MemberState having(Holdings now) {
    return new MemberState(epoch, now, reported, speaking, asking, leaving, failures);
  }

  MemberState at(int now) {
    return new MemberState(now, holdings, reported, speaking, asking, leaving, 0);
  }

  MemberState reporting(Optional<Set<TopicIdPartition>> now) {
    return new MemberState(epoch, holdings, now, speaking, asking, leaving, failures);
  }

  MemberState speaking(MemberEffect.Speak heartbeat) {
    return new MemberState(
        epoch, holdings, reported, Optional.of(heartbeat), asking, leaving, failures);
  }

  MemberState silent() {
    return new MemberState(epoch, holdings, reported, Optional.empty(), asking, leaving, failures);
  }

  MemberState asking(MemberEffect.FindOffsets query) {
    return new MemberState(
        epoch, holdings, reported, speaking, Optional.of(query), leaving, failures);
  }

  MemberState answered() {
    return new MemberState(
        epoch, holdings, reported, speaking, Optional.empty(), leaving, failures);
  }

  MemberState departing() {
    return new MemberState(epoch, holdings, reported, speaking, asking, true, failures);
  }

  MemberState unheard() {
    return new MemberState(
        epoch, holdings, Optional.empty(), speaking, asking, leaving, failures + 1);
  }

  /** The member that joins once more, with nothing. */
  MemberState again() {
    return new MemberState(
        MemberHeartbeat.JOIN,
        Holdings.NONE,
        Optional.empty(),
        speaking,
        Optional.empty(),
        leaving,
        0);
  }

  /** Whether the coordinator has not heard yet what the member has. */
  boolean hasNews() {
    return !reported.equals(Optional.of(holdings.owned()));
  }
}
