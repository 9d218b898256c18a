package io.castalia.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.testkit.history.HistoryEvent.Acknowledged;
import io.castalia.testkit.history.LogContent.StoredRecord;
import io.castalia.testkit.history.Violation.Kind;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HistoryCheckerTest {

  private static final String PARTITION = "logs-0";

  private final History history = new History();

  /**
   * Two producers' records, three acknowledged, one with unknown outcome that did reach the log.
   */
  @BeforeEach
  void produceFourRecords() {
    sendAndAcknowledge("a", 1, 0);
    history.sent(PARTITION, new RecordId("b", 1), digest("b", 1));
    sendAndAcknowledge("a", 2, 1);
    sendAndAcknowledge("a", 3, 3);
  }

  @Test
  void shouldAcceptLogThatKeptItsPromises() {
    assertKinds(log(0, 4, "a-1", "a-2", "b-1", "a-3"));
  }

  @Test
  void shouldCatchLostRecord() {
    assertKinds(log(0, 3, "a-1", "a-2", "b-1"), Kind.LOST);
  }

  @Test
  void shouldAcceptLossOfRecordThatWasNotAcknowledged() {
    history.sent(PARTITION, new RecordId("b", 2), digest("b", 2));

    assertKinds(log(0, 4, "a-1", "a-2", "b-1", "a-3"));
  }

  @Test
  void shouldCatchDuplicatedRecord() {
    assertKinds(log(0, 5, "a-1", "a-2", "b-1", "a-3", "b-1"), Kind.DUPLICATED);
  }

  @Test
  void shouldCatchReorderedRecords() {
    history.sent(PARTITION, new RecordId("b", 2), digest("b", 2));
    history.sent(PARTITION, new RecordId("b", 3), digest("b", 3));

    assertKinds(log(0, 6, "a-1", "a-2", "b-1", "a-3", "b-3", "b-2"), Kind.REORDERED);
  }

  @Test
  void shouldCatchRecordBeforeItsCause() {
    history.sent(PARTITION, new RecordId("c", 1), digest("c", 1));

    assertKinds(log(0, 4, "a-1", "a-2", "c-1", "a-3"), Kind.BEFORE_ITS_CAUSE);
  }

  @Test
  void shouldCatchRecordAtOtherOffsetThanAcknowledged() {
    assertKinds(log(0, 4, "a-1", "b-1", "a-2", "a-3"), Kind.MOVED);
  }

  @Test
  void shouldAcceptAcknowledgementWithoutOffset() {
    history.acknowledged(PARTITION, new RecordId("b", 1), Acknowledged.UNKNOWN_OFFSET);

    assertKinds(log(0, 4, "a-1", "a-2", "b-1", "a-3"));
  }

  @Test
  void shouldCatchGapInsideLog() {
    LogContent content =
        new LogContent(PARTITION, 0, 4, List.of(at(0, "a-1"), at(1, "a-2"), at(3, "a-3")));

    assertKinds(content, Kind.GAP);
  }

  @Test
  void shouldCatchGapAtEndOfLog() {
    assertKinds(log(0, 5, "a-1", "a-2", "b-1", "a-3"), Kind.GAP);
  }

  @Test
  void shouldCatchGapAtStartOfLog() {
    History empty = new History();
    empty.sent(PARTITION, new RecordId("a", 1), digest("a", 1));

    assertThat(
            HistoryChecker.check(
                empty.events(), List.of(new LogContent(PARTITION, 0, 2, List.of(at(1, "a-1"))))))
        .extracting(Violation::kind)
        .containsExactly(Kind.GAP);
  }

  @Test
  void shouldCatchOffsetWithTwoValues() {
    observe("tail", 2, "a-3", digest("a", 3));

    assertKinds(log(0, 4, "a-1", "a-2", "b-1", "a-3"), Kind.TWO_VALUES);
  }

  @Test
  void shouldCatchRecordThatVanishedAfterReaderSawIt() {
    history.sent(PARTITION, new RecordId("b", 2), digest("b", 2));
    observe("tail", 4, "b-2", digest("b", 2));

    assertKinds(log(0, 4, "a-1", "a-2", "b-1", "a-3"), Kind.VANISHED);
  }

  @Test
  void shouldCatchReaderThatWasGivenGap() {
    observe("tail", 0, "a-1", digest("a", 1));
    observe("tail", 2, "b-1", digest("b", 1));

    assertKinds(log(0, 4, "a-1", "a-2", "b-1", "a-3"), Kind.SKIPPED);
  }

  @Test
  void shouldCatchOffsetAcknowledgedByTwoOwners() {
    history.sent(PARTITION, new RecordId("b", 2), digest("b", 2));
    history.acknowledged(PARTITION, new RecordId("b", 2), 3);

    assertKinds(log(0, 4, "a-1", "a-2", "b-1", "a-3"), Kind.TWO_OWNERS, Kind.LOST);
  }

  @Test
  void shouldCatchRecordOfAnEarlierOwnerBehindOneOfALater() {
    List<StoredRecord> records =
        List.of(
            new StoredRecord(0, new RecordId("a", 1), digest("a", 1), 0),
            new StoredRecord(1, new RecordId("a", 2), digest("a", 2), 1),
            new StoredRecord(2, new RecordId("b", 1), digest("b", 1), 0),
            new StoredRecord(3, new RecordId("a", 3), digest("a", 3), 1));

    assertKinds(new LogContent(PARTITION, 0, 4, records), Kind.TWO_OWNERS);
  }

  @Test
  void shouldCatchReaderThatWasGivenRecordTwice() {
    observe("tail", 1, "a-2", digest("a", 2));
    observe("tail", 1, "a-2", digest("a", 2));

    assertKinds(log(0, 4, "a-1", "a-2", "b-1", "a-3"), Kind.WENT_BACK);
  }

  @Test
  void shouldCatchChangedBytes() {
    observe("tail", 0, "a-1", digest("a", 1) + 1);

    assertKinds(log(0, 4, "a-1", "a-2", "b-1", "a-3"), Kind.CHANGED);
  }

  @Test
  void shouldCatchStoredBytesThatWereNotSent() {
    StoredRecord other = new StoredRecord(2, RecordId.parse("b-1"), 77);
    LogContent content =
        new LogContent(PARTITION, 0, 4, List.of(at(0, "a-1"), at(1, "a-2"), other, at(3, "a-3")));

    assertKinds(content, Kind.CHANGED);
  }

  @Test
  void shouldCatchRecordThatWasNeverSent() {
    assertKinds(log(0, 5, "a-1", "a-2", "b-1", "a-3", "z-9"), Kind.UNKNOWN);
  }

  @Test
  void shouldNotMissRecordsThatWereDeleted() {
    observe("tail", 0, "a-1", digest("a", 1));

    assertKinds(log(2, 4, "b-1", "a-3"));
  }

  @Test
  void shouldCatchPartitionThatIsMissing() {
    assertThat(HistoryChecker.check(history.events(), List.of()))
        .extracting(Violation::kind)
        .containsExactly(Kind.VANISHED);
  }

  private void sendAndAcknowledge(String producer, long sequence, long offset) {
    RecordId id = new RecordId(producer, sequence);
    history.sent(PARTITION, id, digest(producer, sequence));
    history.acknowledged(PARTITION, id, offset);
  }

  private void observe(String reader, long offset, String id, long digest) {
    history.observed(reader, PARTITION, offset, RecordId.parse(id), digest);
  }

  private void assertKinds(LogContent content, Kind... expected) {
    assertThat(HistoryChecker.check(history.events(), List.of(content)))
        .extracting(Violation::kind)
        .containsOnly(expected);
  }

  private static LogContent log(long start, long end, String... ids) {
    List<StoredRecord> records =
        IntStream.range(0, ids.length).mapToObj(index -> at(start + index, ids[index])).toList();
    return new LogContent(PARTITION, start, end, records);
  }

  private static StoredRecord at(long offset, String id) {
    RecordId parsed = RecordId.parse(id);
    return new StoredRecord(offset, parsed, digest(parsed.producer(), parsed.sequence()));
  }

  private static long digest(String producer, long sequence) {
    return 31L * producer.hashCode() + sequence;
  }
}
