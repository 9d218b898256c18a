package io.castalia.streams.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.api.Header;
import io.castalia.api.OutboundRecord;
import io.castalia.streams.connect.TaskStatus.TaskState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ConnectorSerializerTest {
  private static final ActorTestKit TEST_KIT = ActorTestKit.create();

  private final ConnectorSerializer serializer =
      new ConnectorSerializer((ExtendedActorSystem) TEST_KIT.system().classicSystem());

  @AfterAll
  static void stop() {
    TEST_KIT.shutdownTestKit();
  }

  @Test
  void shouldReadWhatItWrote() {
    ActorRef<RegistryReply> asker = TEST_KIT.<RegistryReply>createTestProbe().getRef();
    ActorRef<RegistryCommand> registry = TEST_KIT.<RegistryCommand>createTestProbe().getRef();
    ActorRef<HandOverReply> fellow = TEST_KIT.<HandOverReply>createTestProbe().getRef();
    Map<String, String> config = Map.of("connector.class", "ticker");
    TaskStatus status = new TaskStatus(0, TaskState.RESTARTING, "node", "why");
    var described = new RegistryReply.Described("a", config, true, false, List.of(status));

    assertThat(
            Stream.of(
                new RegistryCommand.Configure("a", config, true, asker),
                new RegistryCommand.Pause("a", asker),
                new RegistryCommand.Resume("a", asker),
                new RegistryCommand.Restart("a", asker),
                new RegistryCommand.Delete("a", asker),
                new RegistryCommand.Describe("a", asker),
                new RegistryCommand.ListAll(asker),
                described,
                new RegistryReply.Listed(List.of(described)),
                new RegistryReply.Refused(RegistryReply.Reason.INVALID, "because"),
                new TaskReport("a", 3, status),
                new TaskCommand.Run(new TaskAssignment("a", config, 0, 1, 3), 2, registry),
                new TaskCommand.Halt(),
                new TaskCommand.HandOver(3, "piece", fellow),
                new HandOverReply.Places(
                    Map.of("piece", new Place("10", 2)), false, Map.of("piece", "why")),
                new HandOverReply.NotHandedOver("because"),
                new RegistryEvent.Configured("a", config, 2),
                new RegistryEvent.Paused("a"),
                new RegistryEvent.Resumed("a"),
                new RegistryEvent.Restarted("a"),
                new RegistryEvent.Deleted("a"),
                RegistryState.EMPTY.after(new RegistryEvent.Configured("a", config, 2)),
                new LedgerEvent.Identified(7),
                new LedgerEvent.Sending(batch()),
                new LedgerEvent.Sent(),
                new LedgerEvent.Entered(3),
                LedgerState.EMPTY,
                LedgerState.EMPTY.after(new LedgerEvent.Sending(batch()))))
        .allSatisfy(
            message ->
                assertThat(
                        serializer.fromBinary(
                            serializer.toBinary(message), serializer.manifest(message)))
                    .isEqualTo(message));
  }

  /** What is stored stays readable: change it only together with what reads the old form. */
  @Test
  void shouldWriteWhatItWroteBefore() {
    assertThat(
            new String(
                serializer.toBinary(new LedgerEvent.Sending(batch())), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"batch\":{\"parts\":[{\"topic\":\"lines\",\"partition\":2,\"records\":"
                + "[{\"key\":null,\"value\":\"b25l\",\"timestamp\":5,"
                + "\"headers\":[{\"name\":\"h\",\"value\":\"eA==\"}]}]}],"
                + "\"positions\":{\"file\":\"10\"}}}");
  }

  @Test
  void shouldReadWhatWasStoredBeforeGenerationsAndTasksWereCounted() {
    assertThat(
            read(
                "{\"producerId\":7,\"sequences\":{},\"positions\":{\"file\":\"10\"},\"sending\":null}",
                "LedgerState"))
        .isEqualTo(
            new LedgerState(7, Map.of(), Map.of("file", "10"), null, new Stamps(0, Map.of())));
    assertThat(read("{\"connectors\":{},\"generation\":4}", "RegistryState"))
        .isEqualTo(new RegistryState(Map.of(), 4, Map.of()));
    assertThat(read("{\"name\":\"a\",\"config\":{}}", "RegistryEvent.Configured"))
        .isEqualTo(new RegistryEvent.Configured("a", Map.of(), 0));
  }

  private Object read(String json, String manifest) {
    return serializer.fromBinary(json.getBytes(StandardCharsets.UTF_8), manifest);
  }

  @Test
  void shouldRefuseWhatIsNotItsOwn() {
    assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "java.lang.Runtime"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.Runtime");
  }

  private static SourceBatch batch() {
    OutboundRecord record =
        new OutboundRecord(
            null,
            ByteString.fromString("one"),
            5,
            List.of(new Header("h", ByteString.fromString("x"))));
    return new SourceBatch(
        List.of(new SourceBatch.Part("lines", 2, List.of(record))), Map.of("file", "10"));
  }
}
