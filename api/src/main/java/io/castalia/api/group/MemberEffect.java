package io.castalia.api.group;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;

/** What follows from a decision of {@link MemberLogic}. */
sealed interface MemberEffect {

  /** Who carries effects out: one method for each. */
  interface Performer {
    void speak(Speak heartbeat);

    void findOffsets(FindOffsets query);

    void tell(MemberEvent event);

    void speakAfter(Duration pause);

    void stop();
  }

  void by(Performer performer);

  /**
   * Sends a heartbeat.
   *
   * @param full whether it says what the member wants
   * @param owned what the member has; nothing if the coordinator knows
   */
  record Speak(int epoch, boolean full, Optional<Set<TopicIdPartition>> owned)
      implements MemberEffect {
    boolean isFarewell() {
      return epoch < MemberHeartbeat.JOIN;
    }

    @Override
    public void by(Performer performer) {
      performer.speak(this);
    }
  }

  /** Asks what the group has committed, as a member of an epoch. */
  record FindOffsets(int epoch, Set<TopicPartition> partitions) implements MemberEffect {
    @Override
    public void by(Performer performer) {
      performer.findOffsets(this);
    }
  }

  /** Tells the service. */
  record Tell(MemberEvent event) implements MemberEffect {
    @Override
    public void by(Performer performer) {
      performer.tell(event);
    }
  }

  /** The next heartbeat is due after a pause, instead of when it was due before. */
  record SpeakAfter(Duration pause) implements MemberEffect {
    @Override
    public void by(Performer performer) {
      performer.speakAfter(pause);
    }
  }

  /** There is nothing more to do. */
  record Stop() implements MemberEffect {
    @Override
    public void by(Performer performer) {
      performer.stop();
    }
  }
}
