package io.castalia.streams.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.api.OutboundRecord;
import io.castalia.streams.connect.SourceBatch.Part;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class LedgerStateTest {
  private static final LedgerState KNOWN = LedgerState.EMPTY.after(new LedgerEvent.Identified(7));

  @Test
  void shouldKeepTheSequenceOfABatchUntilItIsKnownToBePublished() {
    LedgerState sending = KNOWN.after(new LedgerEvent.Sending(batch("10", 3)));

    assertThat(sending.unsettled()).contains(batch("10", 3));
    assertThat(sending.sequence(part(3))).isZero();
    assertThat(sending.positions()).isEqualTo(Map.of("file", "10"));
  }

  @Test
  void shouldCountWhatTheNextBatchShowsToBePublished() {
    LedgerState next =
        KNOWN
            .after(new LedgerEvent.Sending(batch("10", 3)))
            .after(new LedgerEvent.Sending(batch("20", 2)));

    assertThat(next.sequence(part(2))).isEqualTo(3);
    assertThat(next.positions()).isEqualTo(Map.of("file", "20"));
    assertThat(next.producerId()).isEqualTo(7);
    assertThat(next.after(new LedgerEvent.Sent()).sequence(part(1))).isEqualTo(5);
  }

  @Test
  void shouldHaveNothingToRepeatOnceABatchIsSent() {
    LedgerState sent =
        KNOWN.after(new LedgerEvent.Sending(batch("10", 3))).after(new LedgerEvent.Sent());

    assertThat(sent.unsettled()).isEmpty();
    assertThat(sent.sequence(part(1))).isEqualTo(3);
    assertThat(sent.positions()).isEqualTo(Map.of("file", "10"));
  }

  @Test
  void shouldKnowInWhichGenerationAPieceWasReadSoFar() {
    LedgerState read =
        KNOWN
            .after(new LedgerEvent.Entered(3))
            .after(new LedgerEvent.Sending(batch("10", 3)))
            .after(new LedgerEvent.Entered(5));

    assertThat(read.places()).isEqualTo(Map.of("file", new Place("10", 3)));
    assertThat(read.unsettled()).as("is still to be published").contains(batch("10", 3));
    assertThat(read.after(new LedgerEvent.Sending(batch("20", 1))).places())
        .isEqualTo(Map.of("file", new Place("20", 5)));
  }

  @Test
  void shouldBeClosedToGenerationsBeforeTheLastThatEntered() {
    ActorRef<StatusReply<LedgerReply>> asker =
        TestInbox.<StatusReply<LedgerReply>>create().getRef();
    LedgerState entered = KNOWN.after(new LedgerEvent.Entered(3));

    assertThat(entered.isClosedTo(new LedgerCommand.Open(2, asker))).isTrue();
    assertThat(entered.isClosedTo(new LedgerCommand.HandOver(2, asker))).isTrue();
    assertThat(entered.isClosedTo(new LedgerCommand.Send(2, batch("10", 1), asker))).isTrue();
    assertThat(entered.isClosedTo(new LedgerCommand.Send(3, batch("10", 1), asker))).isFalse();
    assertThat(entered.isClosedTo(new LedgerCommand.HandOver(4, asker))).isFalse();
  }

  @Test
  void shouldTakeTheNewestOfSeveralTasksPlaces() {
    Map<String, Place> first = Map.of("a", new Place("1", 3), "b", new Place("1", 3));
    Map<String, Place> second =
        Map.of("a", new Place("2", 4), "b", new Place("2", 2), "c", new Place("2", 1));

    assertThat(Place.newest(first, second))
        .isEqualTo(Map.of("a", new Place("2", 4), "b", new Place("1", 3), "c", new Place("2", 1)))
        .isEqualTo(Place.newest(second, first));
  }

  @Test
  void shouldTellPlacesInPartsThatFitAMessage() {
    Map<String, String> positions =
        IntStream.range(0, 5_000)
            .boxed()
            .collect(Collectors.toMap(i -> "a-rather-long-topic-" + i, i -> "offset " + i));
    LedgerState state =
        KNOWN.after(new LedgerEvent.Sending(new SourceBatch(List.of(part(1)), positions)));

    Map<String, Place> all = new HashMap<>();
    int parts = 0;
    LedgerReply reply = LedgerReply.published(state);
    HandOverReply.Places part = PlacePages.of(reply, "");
    all.putAll(part.places());
    while (!part.last()) {
      part = PlacePages.of(reply, part.lastPiece());
      all.putAll(part.places());
      parts++;
    }

    assertThat(all).isEqualTo(state.places());
    assertThat(parts).isBetween(3, 20);
  }

  @Test
  void shouldTellWhichPiecesAreHeld() {
    LedgerState state =
        KNOWN
            .after(new LedgerEvent.Sending(new SourceBatch(List.of(part(1)), Map.of("other", "1"))))
            .after(new LedgerEvent.Sending(batch("10", 1)));

    assertThat(PlacePages.of(new LedgerReply(state, "why"), "").held())
        .isEqualTo(Map.of("file", "why"));
    assertThat(PlacePages.of(LedgerReply.published(state), "").held()).isEmpty();
  }

  /** It was published before that: who has not seen it does not know. */
  @Test
  void shouldNotHoldAPieceThatWasReadOnInALaterGeneration() {
    Map<String, Place> places = Map.of("a", new Place("1", 3), "b", new Place("1", 3));
    ReadSoFar held = new ReadSoFar(places, Map.of("a", "why", "b", "why"));
    ReadSoFar later = new ReadSoFar(Map.of("a", new Place("2", 4)), Map.of());

    assertThat(held.and(later)).isEqualTo(later.and(held));
    assertThat(held.and(later).positions())
        .isEqualTo(new Positions(Map.of("a", "2", "b", "1"), Map.of("b", "why")));
  }

  private static SourceBatch batch(String position, int records) {
    return new SourceBatch(List.of(part(records)), Map.of("file", position));
  }

  private static Part part(int records) {
    return new Part(
        "lines",
        0,
        Collections.nCopies(
            records, new OutboundRecord(null, ByteString.fromString("line"), 1, List.of())));
  }
}
