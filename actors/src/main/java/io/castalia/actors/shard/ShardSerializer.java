package io.castalia.actors.shard;

import io.castalia.actors.message.FieldReader;
import io.castalia.actors.message.FieldWriter;
import io.castalia.actors.message.UnionCodec;
import io.castalia.actors.shard.ShardMessage.CloseGates;
import io.castalia.actors.shard.ShardMessage.GatesClosed;
import io.castalia.actors.shard.ShardMessage.NodeLeaves;
import io.castalia.actors.shard.ShardMessage.ShardPlaced;
import java.io.NotSerializableException;
import java.nio.BufferUnderflowException;
import java.util.Set;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Writes what nodes tell each other about shards. The manifest names the version of the format. */
public final class ShardSerializer extends SerializerWithStringManifest {
  private static final int IDENTIFIER = 770_003;
  private static final String MANIFEST = "shard-1";

  private final UnionCodec<ShardMessage> codec;

  public ShardSerializer(ExtendedActorSystem system) {
    ActorRefResolver refs = ActorRefResolver.get(Adapter.toTyped(system));
    this.codec =
        new UnionCodec<ShardMessage>()
            .on(
                1,
                CloseGates.class,
                (out, close) -> {
                  out.list(close.shards(), FieldWriter::string);
                  out.string(refs.toSerializationFormat(close.replyTo()));
                },
                in ->
                    new CloseGates(
                        Set.copyOf(in.list(FieldReader::string)),
                        refs.resolveActorRef(in.string())))
            .on(2, GatesClosed.class, (out, closed) -> {}, in -> new GatesClosed())
            .on(
                3,
                ShardPlaced.class,
                (out, placed) -> {
                  out.string(placed.shard());
                  out.string(placed.member().toString());
                },
                in -> new ShardPlaced(in.string(), address(in)))
            .on(
                4,
                NodeLeaves.class,
                (out, leaves) -> {
                  out.string(leaves.node().address().toString());
                  out.int64(leaves.node().longUid());
                },
                in -> new NodeLeaves(new UniqueAddress(address(in), in.int64())));
  }

  private static Address address(FieldReader in) {
    return AddressFromURIString.parse(in.string());
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return MANIFEST;
  }

  @Override
  public byte[] toBinary(Object message) {
    if (!(message instanceof ShardMessage known)) {
      throw new IllegalArgumentException(
          "expected a message about shards, but it was " + message.getClass());
    }
    FieldWriter out = new FieldWriter();
    codec.write(out, known);
    return out.toByteArray();
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    if (!manifest.equals(MANIFEST)) {
      throw new NotSerializableException(
          "expected \"%s\", but it was \"%s\"".formatted(MANIFEST, manifest));
    }
    try {
      return codec.read(new FieldReader(bytes));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      NotSerializableException unreadable =
          new NotSerializableException(
              "expected a message about shards, but %d bytes are none".formatted(bytes.length));
      unreadable.initCause(e);
      throw unreadable;
    }
  }
}
