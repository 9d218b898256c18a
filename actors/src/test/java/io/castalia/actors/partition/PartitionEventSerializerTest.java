package io.castalia.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.actors.partition.PartitionEvent.EntryAppended;
import io.castalia.actors.partition.PartitionEvent.LogStartMoved;
import io.castalia.actors.partition.PartitionEvent.ProducersExpired;
import java.io.NotSerializableException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionEventSerializerTest {
  private static final ProducerBatch BATCH = new ProducerBatch(7, (short) 2, 10, 12, 5, 1_000, -1);

  private static final String BATCH_BYTES =
      "0000000000000007"
          + "0002"
          + "0000000a"
          + "0000000c"
          + "0000000000000005"
          + "00000000000003e8"
          + "ffffffffffffffff";
  private static final String STATE =
      "0000000000000000"
          + "0000000000000008"
          + "00000000000003e7"
          + "0000000000000005"
          + "00000001"
          + "00000003"
          + "0000000000000005";
  private static final String NOBODY_FORGOTTEN = "ffffffffffffffff";
  private static final String ONE_WITH_ONE_BATCH = "00000001" + "00000001" + BATCH_BYTES;

  private final PartitionEventSerializer serializer = new PartitionEventSerializer();

  static Stream<Arguments> golden() {
    return Stream.of(
        Arguments.of(
            entry(ByteString.emptyByteString()),
            "entry-1",
            "0000000000000005"
                + "0000000000000007"
                + "00000000000003e7"
                + "0000000000000005"
                + "00000003"
                + "00000001"
                + BATCH_BYTES),
        Arguments.of(new LogStartMoved(258), "log-start-1", "0000000000000102"),
        Arguments.of(
            new ProducersExpired(List.of(7L, 8L), 99),
            "expired-1",
            "0000000000000063" + "00000002" + "0000000000000007" + "0000000000000008"),
        Arguments.of(
            PartitionState.EMPTY.evolve(entry(ByteString.emptyByteString())),
            "state-3",
            STATE + NOBODY_FORGOTTEN + ONE_WITH_ONE_BATCH + "0000000000000003"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("golden")
  void shouldKeepItsBytes(Object value, String manifest, String hex) throws Exception {
    assertThat(serializer.manifest(value)).isEqualTo(manifest);
    assertThat(HexFormat.of().formatHex(serializer.toBinary(value))).isEqualTo(hex);
    assertThat(serializer.fromBinary(HexFormat.of().parseHex(hex), manifest)).isEqualTo(value);
  }

  @Test
  void shouldReadStatesThatDoNotTellHowManyRecordsAreUnbroken() throws Exception {
    byte[] first = HexFormat.of().parseHex(STATE + ONE_WITH_ONE_BATCH);

    assertThat(serializer.fromBinary(first, "state-1")).isEqualTo(ofUnknownPast());
  }

  @Test
  void shouldReadStatesThatDoNotTellWhichProducersWereForgotten() throws Exception {
    byte[] second = HexFormat.of().parseHex(STATE + ONE_WITH_ONE_BATCH + "0000000000000003");

    assertThat(serializer.fromBinary(second, "state-2")).isEqualTo(ofUnknownPast());
  }

  private static PartitionState ofUnknownPast() {
    return new PartitionState(
            0, 0, EpochStarts.NONE, Producers.forgotten(Long.MAX_VALUE), TimestampMark.NONE)
        .evolve(entry(ByteString.emptyByteString()));
  }

  @Test
  void shouldLeaveTheBulkToTheJournal() {
    byte[] withBulk = serializer.toBinary(entry(ByteString.fromString("bulk")));

    assertThat(withBulk).isEqualTo(serializer.toBinary(entry(ByteString.emptyByteString())));
  }

  @Test
  void shouldRefuseBytesCutShort() {
    assertThatThrownBy(() -> serializer.fromBinary(new byte[3], "log-start-1"))
        .isInstanceOf(NotSerializableException.class);
    assertThatThrownBy(() -> serializer.fromBinary(new byte[8], "log-start-2"))
        .isInstanceOf(NotSerializableException.class);
  }

  private static EntryAppended entry(ByteString bulk) {
    return new EntryAppended(5, 7, 999, 5, 3, List.of(BATCH), bulk);
  }
}
