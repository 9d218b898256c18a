package io.castalia.streams.connect.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RangeScanTest {
  private static final TokenRange RANGE = new TokenRange(0);
  private static final ScanWindow WINDOW = ScanWindow.first(10);

  /** Three partitions, of which the one in the middle has three rows. */
  private final List<TableRow> table =
      new ArrayList<>(List.of(row(1, "a"), row(2, "b"), row(2, "c"), row(2, "d"), row(3, "e")));

  private static TableRow row(long token, String key) {
    return new TableRow(RANGE.first() + token, key, "{}");
  }

  private RangeScan scan(Optional<ScanPlace> place) {
    return new RangeScan(
        RANGE,
        (window, first, last) ->
            table.stream().filter(row -> row.token() >= first && row.token() <= last).iterator(),
        before -> before.isPresent() ? Optional.empty() : Optional.of(WINDOW),
        place);
  }

  private static List<RangeScan.Found> all(RangeScan scan) {
    List<RangeScan.Found> found = new ArrayList<>();
    while (scan.next()) {
      found.addAll(scan.take(2));
    }
    return found;
  }

  private static List<String> keys(List<RangeScan.Found> found) {
    return found.stream().map(each -> each.row().key()).toList();
  }

  @Test
  void shouldReadEachRowOfAWindow() {
    assertThat(keys(all(scan(Optional.empty())))).containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void shouldGoOnBehindAnyRow() {
    List<RangeScan.Found> found = all(scan(Optional.empty()));

    for (int i = 0; i < found.size(); i++) {
      ScanPlace place = ScanPlace.parse(found.get(i).place().text());
      assertThat(keys(all(scan(Optional.of(place)))))
          .isEqualTo(keys(found.subList(i + 1, found.size())));
    }
  }

  @Test
  void shouldRatherRepeatAPartitionThanLoseOfItWhenTheLastRowIsGone() {
    ScanPlace place = ScanPlace.behind(row(2, "c"), WINDOW);
    table.remove(row(2, "c"));

    assertThat(keys(all(scan(Optional.of(place))))).containsExactly("b", "d", "e");
  }

  @Test
  void shouldGoOnBehindThePartitionWhenAllOfItIsGone() {
    ScanPlace place = ScanPlace.behind(row(2, "c"), WINDOW);
    table.removeIf(row -> row.token() == place.token());

    assertThat(keys(all(scan(Optional.of(place))))).containsExactly("e");
  }

  @Test
  void shouldPassTheWholeRingOnceWithAllRanges() {
    List<TokenRange> ranges =
        IntStream.range(0, TokenRange.COUNT).mapToObj(TokenRange::new).toList();

    assertThat(ranges.get(0).first()).isEqualTo(Long.MIN_VALUE);
    assertThat(ranges.get(TokenRange.COUNT - 1).last()).isEqualTo(Long.MAX_VALUE);
    for (int i = 1; i < ranges.size(); i++) {
      assertThat(ranges.get(i).first()).isEqualTo(ranges.get(i - 1).last() + 1);
    }
  }

  @Test
  void shouldLeaveNoGapBetweenWindowsWhateverTheClockDoes() {
    assertThat(WINDOW.next(15)).isEqualTo(new ScanWindow(10, 15));
    assertThat(WINDOW.next(7)).isEqualTo(new ScanWindow(10, 10));
  }

  @Test
  void shouldKeepAKeyThatHasTheSeparatorInIt() {
    ScanPlace place = ScanPlace.behind(row(2, "{\"id\":\"x|y\"}"), WINDOW);

    assertThat(ScanPlace.parse(place.text())).isEqualTo(place);
  }

  @Test
  void shouldSayWhatAPlaceIsExpectedToBe() {
    assertThatThrownBy(() -> ScanPlace.parse("7|8"))
        .hasMessage("expected AFTER|UP TO|TOKEN|KEY as a place in a table, but it was \"7|8\"");
  }
}
