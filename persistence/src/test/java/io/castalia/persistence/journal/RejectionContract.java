package io.castalia.persistence.journal;

import static io.castalia.persistence.journal.JournalDialogue.atomic;
import static io.castalia.persistence.journal.JournalDialogue.sequences;
import static io.castalia.persistence.journal.PluginContract.LIMIT;
import static io.castalia.persistence.journal.PluginContract.MAX;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.persistence.JournalProtocol;
import org.junit.jupiter.api.Test;

/** What becomes of writes that a journal does not take. */
interface RejectionContract extends JournalDialogue {
  @Test
  default void shouldRejectAnEventThatCannotBeSerializedAndGoOn() {
    writeFive();

    tellToWrite(atomic(event(6)), atomic(event(7, new Object())), atomic(event(8)));

    probe().expectMsg(LIMIT, JournalProtocol.WriteMessagesSuccessful$.MODULE$);
    assertThat(expect(JournalProtocol.WriteMessageSuccess.class))
        .extracting(done -> done.persistent().sequenceNr())
        .isEqualTo(6L);
    assertThat(expect(JournalProtocol.WriteMessageRejected.class))
        .extracting(rejected -> rejected.message().sequenceNr())
        .isEqualTo(7L);
    assertThat(expect(JournalProtocol.WriteMessageSuccess.class))
        .extracting(done -> done.persistent().sequenceNr())
        .isEqualTo(8L);
    assertThat(sequences(replay(5, MAX, MAX))).containsExactly(5L, 6L, 8L);
  }

  @Test
  default void shouldRejectAllOfAWriteOfWhichOneEventCannotBeSerialized() {
    tellToWrite(atomic(event(1), event(2, new Object())), atomic(event(3)));

    probe().expectMsg(LIMIT, JournalProtocol.WriteMessagesSuccessful$.MODULE$);
    expect(JournalProtocol.WriteMessageRejected.class);
    expect(JournalProtocol.WriteMessageRejected.class);
    expect(JournalProtocol.WriteMessageSuccess.class);
    assertThat(sequences(replay(1, MAX, MAX))).containsExactly(3L);
  }

  @Test
  default void shouldGoOnAfterARejectionAtTheEnd() {
    tellToWrite(atomic(event(1)), atomic(event(2, new Object())));
    probe().expectMsg(LIMIT, JournalProtocol.WriteMessagesSuccessful$.MODULE$);
    expect(JournalProtocol.WriteMessageSuccess.class);
    expect(JournalProtocol.WriteMessageRejected.class);

    write(atomic(event(3)));

    assertThat(sequences(replay(1, MAX, MAX))).containsExactly(1L, 3L);
  }

  @Test
  default void shouldRefuseASequenceNumberThatIsTaken() {
    writeFive();

    tellToWrite(atomic(event(4)));

    expect(JournalProtocol.WriteMessagesFailed.class);
    expect(JournalProtocol.WriteMessageFailure.class);
    assertThat(sequences(replay(1, MAX, MAX))).containsExactly(1L, 2L, 3L, 4L, 5L);
  }
}
