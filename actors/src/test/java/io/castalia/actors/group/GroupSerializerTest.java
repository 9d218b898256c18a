package io.castalia.actors.group;

import static io.castalia.actors.group.SampleMessages.SLOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.actors.group.ListReply.GroupListing;
import java.io.NotSerializableException;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is read again, and nothing else is. */
class GroupSerializerTest {
  private static final ActorTestKit KIT = ActorTestKit.create();

  private final GroupSerializer serializer =
      new GroupSerializer((ExtendedActorSystem) Adapter.toClassic(KIT.system()));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @ParameterizedTest
  @MethodSource("io.castalia.actors.group.SampleMessages#requests")
  void shouldReadEveryRequestItWrote(GroupRequest request) throws NotSerializableException {
    shouldReadWhatItWrote(new GroupCommand.Ask(request, KIT.<Answered>createTestProbe().ref()));
  }

  @ParameterizedTest
  @MethodSource("io.castalia.actors.group.SampleMessages#replies")
  void shouldReadEveryReplyItWrote(GroupReply reply) throws NotSerializableException {
    shouldReadWhatItWrote(new Answered.Answer(reply));
  }

  static List<GroupMessage> others() {
    return List.of(
        new Answered.Held(KIT.<GroupCommand>createTestProbe().ref()),
        new Answered.Lost(),
        new SlotCommand.List(
            new ListQuery(Set.of("Stable", "Empty"), Set.of("classic")),
            KIT.<SlotReply>createTestProbe().ref()),
        new SlotReply(Errors.NONE, List.of(new GroupListing("g", "consumer", "Stable", "classic"))),
        new SlotEvent(
            SampleMessages.events().stream()
                .map(event -> SlotEvent.Change.of("g", event))
                .toList()),
        SlotState.EMPTY,
        SLOT);
  }

  @ParameterizedTest
  @MethodSource("others")
  void shouldReadWhatItWrote(GroupMessage message) throws NotSerializableException {
    byte[] bytes = serializer.toBinary(message);

    assertThat(serializer.fromBinary(bytes, serializer.manifest(message))).isEqualTo(message);
    assertThat(SerializationExtension.get(KIT.system()).findSerializerFor(message))
        .isInstanceOf(GroupSerializer.class);
  }

  @Test
  void shouldKnowEveryVariant() {
    assertThat(GroupRequestCodec.CODEC.variants())
        .containsExactlyInAnyOrder(GroupRequest.class.getPermittedSubclasses());
    assertThat(GroupReplyCodec.CODEC.variants())
        .containsExactlyInAnyOrder(GroupReply.class.getPermittedSubclasses());
    assertThat(GroupEventCodec.CODEC.variants())
        .containsExactlyInAnyOrder(GroupEvent.class.getPermittedSubclasses());
    assertThat(SampleMessages.events().stream().map(Object::getClass))
        .containsExactlyInAnyOrderElementsOf(GroupEventCodec.CODEC.variants());
  }

  @Test
  void shouldRefuseOtherFormsAndBrokenBytes() {
    byte[] bytes = serializer.toBinary(SLOT);

    assertThatThrownBy(() -> serializer.fromBinary(bytes, "group-0"))
        .isInstanceOf(NotSerializableException.class);
    assertThatThrownBy(() -> serializer.fromBinary(new byte[] {23, 0}, "group-1"))
        .isInstanceOf(NotSerializableException.class);
    assertThatThrownBy(() -> serializer.fromBinary(new byte[] {99}, "group-1"))
        .isInstanceOf(NotSerializableException.class);
  }
}
