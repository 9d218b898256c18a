package io.castalia.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.DeleteMessagesSuccess;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.PersistentEnvelope;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.testkit.javadsl.TestKit;
import scala.jdk.javaapi.CollectionConverters;

/** Speaks Pekko's protocol with a journal about one log, as a persistent actor does. */
interface JournalDialogue {
  String WRITER = UUID.randomUUID().toString();

  ActorRef plugin();

  /** Is told what the journal says. */
  TestKit probe();

  String log();

  default PersistentRepr event(long sequence) {
    return event(sequence, "event-" + sequence);
  }

  default PersistentRepr event(long sequence, Object payload) {
    return PersistentRepr.apply(payload, sequence, log(), "", false, ActorRef.noSender(), WRITER);
  }

  /** Events that are written all together or not at all. */
  static AtomicWrite atomic(PersistentRepr... events) {
    return AtomicWrite.apply(CollectionConverters.<PersistentRepr>asScala(List.of(events)).toSeq());
  }

  /** Events 1 to 5, of which the last two are written together. */
  default void writeFive() {
    write(atomic(event(1)), atomic(event(2)), atomic(event(3)), atomic(event(4), event(5)));
  }

  /** Writes what the journal must take. */
  default void write(AtomicWrite... writes) {
    tellToWrite(writes);
    probe().expectMsg(PluginContract.LIMIT, JournalProtocol.WriteMessagesSuccessful$.MODULE$);
    for (AtomicWrite write : writes) {
      for (int i = 0; i < write.size(); i++) {
        expect(JournalProtocol.WriteMessageSuccess.class);
      }
    }
  }

  /** Writes what the journal may refuse, and leaves it to the test to hear so. */
  default void tellToWrite(AtomicWrite... writes) {
    plugin()
        .tell(
            new JournalProtocol.WriteMessages(
                CollectionConverters.<PersistentEnvelope>asScala(List.of(writes)).toSeq(),
                probe().getRef(),
                1),
            probe().getRef());
  }

  default <T> T expect(Class<T> type) {
    return probe().expectMsgClass(PluginContract.LIMIT, type);
  }

  default List<PersistentRepr> replay(long from, long to, long max) {
    tellToReplay(from, to, max);
    List<PersistentRepr> replayed = new ArrayList<>();
    Object next = expect(Object.class);
    while (next instanceof JournalProtocol.ReplayedMessage message) {
      replayed.add(message.persistent());
      next = expect(Object.class);
    }
    assertThat(next).isInstanceOf(JournalProtocol.RecoverySuccess.class);
    return replayed;
  }

  /** The payloads of events with these sequence numbers. */
  static List<Object> texts(long from, long to) {
    return LongStream.rangeClosed(from, to).<Object>mapToObj(i -> "event-" + i).toList();
  }

  static List<Long> sequences(List<PersistentRepr> events) {
    return events.stream().map(PersistentRepr::sequenceNr).toList();
  }

  default void tellToReplay(long from, long to, long max) {
    plugin()
        .tell(
            new JournalProtocol.ReplayMessages(from, to, max, log(), probe().getRef()),
            probe().getRef());
  }

  /** The highest sequence number, as the journal tells it. */
  default long highest() {
    tellToReplay(1, 0, PluginContract.MAX);
    return expect(JournalProtocol.RecoverySuccess.class).highestSequenceNr();
  }

  default void deleteTo(long sequence) {
    plugin()
        .tell(
            new JournalProtocol.DeleteMessagesTo(log(), sequence, probe().getRef()),
            probe().getRef());
    expect(DeleteMessagesSuccess.class);
  }
}
