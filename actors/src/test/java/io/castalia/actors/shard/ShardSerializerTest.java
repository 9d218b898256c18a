package io.castalia.actors.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.actors.shard.ShardMessage.CloseGates;
import io.castalia.actors.shard.ShardMessage.GatesClosed;
import io.castalia.actors.shard.ShardMessage.LoadsTold;
import io.castalia.actors.shard.ShardMessage.NodeLeaves;
import io.castalia.actors.shard.ShardMessage.ShardPlaced;
import java.io.NotSerializableException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.UniqueAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ShardSerializerTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Address ADDRESS = Address.apply("pekko", "castalia", "10.0.0.7", 7001);

  private final ShardSerializer serializer =
      new ShardSerializer((ExtendedActorSystem) Adapter.toClassic(KIT.system()));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void shouldReadWhatItWrites() throws Exception {
    ActorRef<GatesClosed> replyTo = KIT.<GatesClosed>createTestProbe().getRef();
    List<ShardMessage> messages =
        List.of(
            new CloseGates(Set.of("7", "255"), replyTo),
            new GatesClosed(),
            new ShardPlaced("7", ADDRESS),
            new NodeLeaves(new UniqueAddress(ADDRESS, -5_000_000_000L)),
            new LoadsTold(
                new UniqueAddress(ADDRESS, 7L), Map.of("1", 5_000_000_000.0, "200", 1.0)));

    for (ShardMessage message : messages) {
      byte[] bytes = serializer.toBinary(message);
      assertThat(serializer.fromBinary(bytes, serializer.manifest(message))).isEqualTo(message);
    }
  }

  @Test
  void shouldRefuseWhatItCannotRead() {
    assertThatThrownBy(() -> serializer.fromBinary(new byte[] {9}, "shard-1"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessage(
            "expected \"shard-1\", but 1 bytes cannot be read as that:"
                + " expected a kind of [1, 2, 3, 4, 5], but it was 9");
    assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "shard-2"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("shard-2");
  }
}
