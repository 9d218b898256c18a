package io.castalia.streams.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.api.OutboundRecord;
import io.castalia.streams.connect.SourceBatch.Part;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
