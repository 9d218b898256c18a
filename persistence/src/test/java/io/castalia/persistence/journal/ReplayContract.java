package io.castalia.persistence.journal;

import static io.castalia.persistence.journal.JournalDialogue.atomic;
import static io.castalia.persistence.journal.JournalDialogue.sequences;
import static io.castalia.persistence.journal.JournalDialogue.texts;
import static io.castalia.persistence.journal.PluginContract.MAX;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.PersistentRepr;
import org.junit.jupiter.api.Test;

/** Which events a journal replays, and up to which it says that there are some. */
interface ReplayContract extends JournalDialogue {
  @Test
  default void shouldReplayAllEvents() {
    writeFive();

    assertThat(replay(1, MAX, MAX)).extracting(PersistentRepr::payload).isEqualTo(texts(1, 5));
  }

  @Test
  default void shouldReplayFromALowerBound() {
    writeFive();

    assertThat(sequences(replay(3, MAX, MAX))).containsExactly(3L, 4L, 5L);
  }

  @Test
  default void shouldReplayUpToAnUpperBound() {
    writeFive();

    assertThat(sequences(replay(1, 3, MAX))).containsExactly(1L, 2L, 3L);
  }

  @Test
  default void shouldReplayALimitedNumberOfEvents() {
    writeFive();

    assertThat(sequences(replay(1, MAX, 3))).containsExactly(1L, 2L, 3L);
    assertThat(sequences(replay(2, 4, 2))).containsExactly(2L, 3L);
  }

  @Test
  default void shouldReplayASingleEvent() {
    writeFive();

    assertThat(sequences(replay(2, 2, MAX))).containsExactly(2L);
    assertThat(sequences(replay(2, 4, 1))).containsExactly(2L);
  }

  @Test
  default void shouldReplayNothingWhereNothingIsAskedFor() {
    writeFive();

    assertThat(replay(1, MAX, 0)).isEmpty();
    assertThat(replay(1, 0, MAX)).isEmpty();
    assertThat(replay(3, 2, MAX)).isEmpty();
  }

  @Test
  default void shouldReplayEventsOfOneWriteTogether() {
    write(atomic(event(1), event(2)), atomic(event(3)), atomic(event(4), event(5)));

    assertThat(sequences(replay(2, 4, MAX))).containsExactly(2L, 3L, 4L);
  }

  @Test
  default void shouldNotReplayDeletedEvents() {
    writeFive();

    deleteTo(3);

    assertThat(sequences(replay(1, MAX, MAX))).containsExactly(4L, 5L);
  }

  @Test
  default void shouldReplayNothingAfterDeletionOfMoreThanThereIs() {
    writeFive();

    deleteTo(MAX);

    assertThat(replay(1, MAX, MAX)).isEmpty();
    assertThat(highest()).isEqualTo(5);
  }

  @Test
  default void shouldKeepTheHighestSequenceNumberAfterDeletion() {
    writeFive();

    deleteTo(5);
    deleteTo(2);

    assertThat(replay(1, MAX, MAX)).isEmpty();
    assertThat(highest()).isEqualTo(5);
    write(atomic(event(6)));
    assertThat(sequences(replay(1, MAX, MAX))).containsExactly(6L);
  }

  @Test
  default void shouldRefuseAReplayThatStartsWithinTheDeletedEvents() {
    writeFive();
    deleteTo(3);

    tellToReplay(2, MAX, MAX);

    var failure = expect(JournalProtocol.ReplayMessagesFailure.class);
    assertThat(failure.cause()).hasMessageContaining("recover from a newer one");
  }

  @Test
  default void shouldTellTheHighestSequenceNumber() {
    writeFive();

    assertThat(highest()).isEqualTo(5);
  }

  @Test
  default void shouldTellZeroForALogWithoutEvents() {
    assertThat(highest()).isZero();
  }
}
