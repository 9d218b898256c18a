package io.castalia.actors.group;

import org.apache.kafka.common.Uuid;

/**
 * How far a member has come towards what it should have.
 *
 * @param epoch of the last target that the member has begun to follow; 0 for one that has none yet,
 *     {@link #AWAY} for a static member that left for a while
 * @param previousEpoch that before, which a member still names when it has not got the answer
 * @param assigned what it may read
 * @param revoking what it was told to let go of and has not let go of yet
 */
record Standing(
    int epoch, int previousEpoch, State state, PartitionEpochs assigned, PartitionEpochs revoking) {
  static final int AWAY = -2;

  static final Standing NEW =
      new Standing(0, 0, State.STABLE, PartitionEpochs.NONE, PartitionEpochs.NONE);

  /** What a member waits for, or is waited for. */
  enum State {
    /** It has what the target of its epoch gives it. */
    STABLE(0),
    /** It must let go of partitions before anything else. */
    REVOKING(1),
    /** Others must let go of partitions before it has all. */
    WAITING(2);

    private final int code;

    State(int code) {
      this.code = code;
    }

    /** As it is persisted. */
    int code() {
      return code;
    }

    static State of(int code) {
      for (State state : values()) {
        if (state.code == code) {
          return state;
        }
      }
      throw new IllegalArgumentException("expected the code of a state, but it was " + code);
    }
  }

  boolean isAt(int targetEpoch) {
    return state == State.STABLE && epoch == targetEpoch;
  }

  boolean isAway() {
    return epoch == AWAY;
  }

  boolean isRevoking() {
    return state == State.REVOKING;
  }

  /** The member is gone for a while, and what it was to let go of it has let go of. */
  Standing away() {
    return new Standing(AWAY, previousEpoch, State.STABLE, assigned, PartitionEpochs.NONE);
  }

  /** For a member that takes the place of this one. */
  Standing inherited() {
    return new Standing(0, 0, state, assigned, revoking);
  }

  /** Whether the member has it, and has had it at the epoch that it names. */
  boolean heldSince(Uuid topic, int partition, int named) {
    int since =
        assigned
            .since(topic, partition)
            .orElse(revoking.since(topic, partition).orElse(Integer.MAX_VALUE));
    return since <= named;
  }
}
