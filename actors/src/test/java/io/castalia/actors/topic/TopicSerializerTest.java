package io.castalia.actors.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.actors.topic.ConfigChange.Operation;
import io.castalia.actors.topic.RegistryCommand.Answer;
import io.castalia.actors.topic.RegistryCommand.Submit;
import io.castalia.actors.topic.RegistryCommand.Subscribe;
import java.io.NotSerializableException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopicSerializerTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Uuid ID = new Uuid(1, 2);
  private static final TopicDescription TOPIC =
      new TopicDescription("t", ID, 3, Map.of("retention.ms", "5"));

  private final TopicSerializer serializer =
      new TopicSerializer((ExtendedActorSystem) Adapter.toClassic(KIT.system()));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  static List<RegistryChange> changes() {
    return List.of(
        new RegistryChange.ClusterNamed("c"),
        new RegistryChange.TopicCreated(TOPIC),
        new RegistryChange.TopicDeleted(ID),
        new RegistryChange.TopicGrown(ID, 4),
        new RegistryChange.TopicAltered(ID, Map.of("a", "b")),
        new RegistryChange.BrokersAltered(Map.of("c", "d")),
        new RegistryChange.ProducerIdsAllocated(1000),
        new RegistryChange.PartitionsPurged(ID, 2));
  }

  static List<RegistryRequest> requests() {
    List<ConfigChange> changes = List.of(new ConfigChange("a", Operation.APPEND, "é"));
    return List.of(
        new RegistryRequest.CreateTopic("t", -1, Map.of("a", "b")),
        new RegistryRequest.DeleteTopic(ID),
        new RegistryRequest.GrowTopic("t", 4),
        new RegistryRequest.AlterTopic("t", changes),
        new RegistryRequest.AlterBrokers(changes),
        new RegistryRequest.AllocateProducerIds(),
        new RegistryRequest.NameCluster("c"),
        new RegistryRequest.RecordPurge(ID, 2));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void shouldReadEveryChangeItWrote(RegistryChange change) {
    shouldReadWhatItWrote(new RegistryEvent(List.of(change)));
    shouldReadWhatItWrote(new DirectoryCommand.CatalogDelta(9, List.of(change)));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void shouldReadEveryRequestItWrote(RegistryRequest request) {
    shouldReadWhatItWrote(new Submit(request, true, KIT.<Answer>createTestProbe().ref()));
  }

  @Test
  void shouldReadEveryMessageItWrote() {
    shouldReadWhatItWrote(new Subscribe(-1, KIT.<DirectoryCommand>createTestProbe().ref()));
    shouldReadWhatItWrote(
        new Answer(Errors.INVALID_CONFIG, "expected x, but was y", Optional.empty(), -1, 5));
    shouldReadWhatItWrote(new Answer(Errors.NONE, "", Optional.of(TOPIC), 2000, 6));
    shouldReadWhatItWrote(
        new DirectoryCommand.CatalogPage(8, 1, true, "c", Map.of("a", "b"), List.of(TOPIC)));
  }

  @Test
  void shouldReadTheStateItWrote() {
    RegistryState state =
        RegistryState.EMPTY
            .after(new RegistryEvent(changes().subList(0, 2)))
            .after(new RegistryEvent(changes().subList(5, 7)))
            .after(
                new RegistryEvent(
                    List.of(
                        new RegistryChange.TopicCreated(
                            new TopicDescription("u", Uuid.ONE_UUID, 9, Map.of())),
                        new RegistryChange.TopicDeleted(Uuid.ONE_UUID))));

    RegistryState read = (RegistryState) roundTrip(state);

    assertThat(read).usingRecursiveComparison().isEqualTo(state);
    assertThat(read.topics().byId(ID)).contains(TOPIC);
    assertThat(read.deleting()).containsOnlyKeys(Uuid.ONE_UUID);
  }

  @Test
  void shouldKeepTheBytesOfPersistedEvents() {
    assertThat(HexFormat.of().formatHex(serializer.toBinary(new RegistryEvent(changes()))))
        .isEqualTo(
            "0100000008"
                + "010000000163"
                + "02000000017400000000000000010000000000000002"
                + "00000003000000010000000c726574656e74696f6e2e6d730000000135"
                + "0300000000000000010000000000000002"
                + "040000000000000001000000000000000200000004"
                + "050000000000000001000000000000000200000001000000016100000001"
                + "62"
                + "060000000100000001630000000164"
                + "0700000000000003e8"
                + "080000000000000001000000000000000200000002");
  }

  @Test
  void shouldKnowEveryVariant() {
    assertThat(RegistryChangeCodec.CODEC.variants())
        .isEqualTo(Set.of(RegistryChange.class.getPermittedSubclasses()));
    assertThat(RegistryRequestCodec.CODEC.variants())
        .isEqualTo(Set.of(RegistryRequest.class.getPermittedSubclasses()));
  }

  @Test
  void shouldRefuseWhatItDoesNotKnow() {
    byte[] event = serializer.toBinary(new RegistryEvent(changes()));
    assertThatThrownBy(() -> serializer.fromBinary(event, "nonsense"))
        .hasMessageContaining("\"nonsense\"");
    event[0] = 99;
    assertThatThrownBy(() -> serializer.fromBinary(event, "event"))
        .hasMessageContaining("format 99");
  }

  @Test
  void shouldBeBoundToItsMessages() throws NotSerializableException {
    assertThat(
            SerializationExtension.get(Adapter.toClassic(KIT.system()))
                .serializerFor(RegistryEvent.class))
        .isInstanceOf(TopicSerializer.class);
  }

  private void shouldReadWhatItWrote(Object message) {
    assertThat(roundTrip(message)).isEqualTo(message);
  }

  private Object roundTrip(Object message) {
    try {
      return serializer.fromBinary(serializer.toBinary(message), serializer.manifest(message));
    } catch (NotSerializableException failure) {
      throw new AssertionError(failure);
    }
  }
}
