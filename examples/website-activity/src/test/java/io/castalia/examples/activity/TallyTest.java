package io.castalia.examples.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final String REQUEST = "10.0.0.7 - - [now] \"GET /a HTTP/1.1\" 200 1";
  private static final String OTHER = "10.0.0.7 - - [now] \"GET /b HTTP/1.1\" 200 1";

  @Test
  void shouldComeToTheSameWhereverItIsInterrupted() {
    TallyBuilder through = new TallyBuilder(Question.PAGES, Tally.NOTHING);
    through.add(0, REQUEST);
    through.add(1, OTHER);
    through.add(2, REQUEST);

    TallyBuilder before = new TallyBuilder(Question.PAGES, Tally.NOTHING);
    before.add(0, REQUEST);
    TallyBuilder after = new TallyBuilder(Question.PAGES, Tally.parse(before.tally().toText()));
    after.add(1, OTHER);
    after.add(2, REQUEST);

    assertThat(after.tally())
        .isEqualTo(through.tally())
        .isEqualTo(new Tally(3, Map.of("/a", 2L, "/b", 1L)));
  }

  @Test
  void shouldRefuseARecordTwice() {
    TallyBuilder counting = new TallyBuilder(Question.PAGES, new Tally(5, Map.of()));

    assertThatThrownBy(() -> counting.add(4, REQUEST))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a record from offset 5 on, but got 4");
  }

  @Test
  void shouldTakeTheFurtherOneWhicheverCameLast() {
    Tally behind = new Tally(3, Map.of("/a", 3L));
    Tally ahead = new Tally(4, Map.of("/a", 4L));

    assertThat(Tally.further(behind, ahead)).isEqualTo(ahead);
    assertThat(Tally.further(ahead, behind)).isEqualTo(ahead);
  }

  @Test
  void shouldAddUpPartitions() {
    assertThat(new Tally(3, Map.of("/a", 3L)).and(new Tally(2, Map.of("/a", 1L, "/b", 1L))))
        .isEqualTo(new Tally(5, Map.of("/a", 4L, "/b", 1L)));
  }

  @Test
  void shouldKeepNothingAndRefuseWhatIsNoTally() {
    assertThat(Tally.parse(Tally.NOTHING.toText())).isEqualTo(Tally.NOTHING);
    assertThatThrownBy(() -> Tally.parse("7\n12 /a"))
        .hasMessage("expected a count and what was counted, but got \"12 /a\"");
  }
}
