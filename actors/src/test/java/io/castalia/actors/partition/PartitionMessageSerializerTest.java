package io.castalia.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.actors.partition.AppendResult.RecordError;
import io.castalia.actors.partition.PartitionCommand.Append;
import io.castalia.actors.partition.PartitionCommand.Await;
import io.castalia.actors.partition.PartitionCommand.DeleteRecords;
import io.castalia.actors.partition.PartitionCommand.Describe;
import io.castalia.actors.partition.PartitionCommand.Drop;
import io.castalia.actors.partition.PartitionCommand.EndOfEpoch;
import io.castalia.actors.partition.PartitionCommand.Locate;
import io.castalia.actors.partition.PartitionCommand.Request;
import io.castalia.actors.partition.PartitionCommand.Stop;
import java.io.NotSerializableException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionMessageSerializerTest {
  private static final ActorTestKit KIT = ActorTestKit.create();

  private final PartitionMessageSerializer serializer =
      new PartitionMessageSerializer((ExtendedActorSystem) Adapter.toClassic(KIT.system()));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  static Stream<Arguments> requests() {
    return Stream.of(
        Arguments.of(new Append(ByteString.fromString("ab"), nobody()), "A1", "000000026162"),
        Arguments.of(new Locate(258, -1, nobody()), "L1", "0000000000000102ffffffff"),
        Arguments.of(
            new Await(new Waiters.Wish(1, 2, Duration.ofMillis(3), "w"), nobody()),
            "W1",
            "000000000000000100000002" + "0000000000000003" + "000177"),
        Arguments.of(new EndOfEpoch(5, 6, nobody()), "E1", "0000000500000006"),
        Arguments.of(new DeleteRecords(-1, nobody()), "D1", "ffffffffffffffff"),
        Arguments.of(new Describe(nobody()), "I1", ""),
        Arguments.of(new Drop(nobody()), "X1", ""));
  }

  static Stream<Arguments> others() {
    return Stream.of(
        Arguments.of(new Stop(), "S1", ""),
        Arguments.of(
            new AppendResult(
                Errors.INVALID_RECORD, "no", 1, 2, 3, 4, List.of(new RecordError(5, "k"))),
            "a1",
            "0057"
                + "00026e6f"
                + "0000000000000001"
                + "0000000000000002"
                + "0000000000000003"
                + "00000004"
                + "00000001"
                + "00000005"
                + "00016b"),
        Arguments.of(
            new PartitionBounds(Errors.NONE, 1, 2, 3, 4, 5, new TimestampMark(6, 7)),
            "l1",
            "0000"
                + "0000000000000001"
                + "0000000000000002"
                + "0000000000000003"
                + "00000004"
                + "00000005"
                + "0000000000000006"
                + "0000000000000007"),
        Arguments.of(
            new OffsetResult(Errors.NONE, 1, 2, 3),
            "o1",
            "0000" + "0000000000000001" + "0000000000000002" + "00000003"),
        Arguments.of(
            new PartitionDescription(Errors.NONE, 1, 2, 3, 4),
            "i1",
            "0000" + "0000000000000001" + "0000000000000002" + "00000003" + "0000000000000004"),
        Arguments.of(RecordsArrived.INSTANCE, "w1", ""),
        Arguments.of(new Dropped(Errors.KAFKA_STORAGE_ERROR), "x1", "0038"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("requests")
  void shouldKeepBytesOfRequests(Request request, String manifest, String hex) throws Exception {
    byte[] bytes = serializer.toBinary(request);

    assertThat(serializer.manifest(request)).isEqualTo(manifest);
    assertThat(HexFormat.of().formatHex(bytes)).startsWith(hex);
    assertThat(bytes.length - hex.length() / 2).isGreaterThan(Short.BYTES);
    assertThat(serializer.fromBinary(bytes, manifest)).isEqualTo(request);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("others")
  void shouldKeepBytesOfAnswers(Object message, String manifest, String hex) throws Exception {
    assertThat(serializer.manifest(message)).isEqualTo(manifest);
    assertThat(HexFormat.of().formatHex(serializer.toBinary(message))).isEqualTo(hex);
    assertThat(serializer.fromBinary(HexFormat.of().parseHex(hex), manifest)).isEqualTo(message);
  }

  @Test
  void shouldCoverEveryRequest() {
    Set<Class<?>> covered =
        requests().map(arguments -> arguments.get()[0].getClass()).collect(Collectors.toSet());

    assertThat(covered).isEqualTo(Set.of(Request.class.getPermittedSubclasses()));
  }

  @ParameterizedTest
  @MethodSource({"requests", "others"})
  void shouldBeBoundInTheConfiguration(Object message, String manifest, String hex) {
    assertThat(
            SerializationExtension.get(Adapter.toClassic(KIT.system()))
                .findSerializerFor(message)
                .identifier())
        .isEqualTo(PartitionMessageSerializer.IDENTIFIER);
  }

  @Test
  void shouldRefuseWhatItDoesNotKnow() {
    assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "A9"))
        .isInstanceOf(NotSerializableException.class);
    assertThatThrownBy(() -> serializer.fromBinary(new byte[1], "A1"))
        .isInstanceOf(NotSerializableException.class);
  }

  private static <T> ActorRef<T> nobody() {
    return KIT.system().<T>deadLetters();
  }
}
