package io.castalia.actors.shard;

import io.castalia.actors.message.UnionCodec;
import io.castalia.actors.shard.ShardMessage.CloseGates;
import io.castalia.actors.shard.ShardMessage.GatesClosed;
import io.castalia.actors.shard.ShardMessage.LoadsTold;
import io.castalia.actors.shard.ShardMessage.NodeLeaves;
import io.castalia.actors.shard.ShardMessage.ShardPlaced;
import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;
import io.castalia.api.internal.WireRefs;
import io.castalia.api.internal.WireSerializer;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.cluster.UniqueAddress;

/** Writes what nodes tell each other about shards. */
public final class ShardSerializer extends WireSerializer {
  private static final int IDENTIFIER = 770_003;
  private static final String MANIFEST = "shard-1";

  public ShardSerializer(ExtendedActorSystem system) {
    super(IDENTIFIER, codec(new WireRefs(system)).table("messages of shards", MANIFEST));
  }

  private static UnionCodec<ShardMessage> codec(WireRefs refs) {
    return new UnionCodec<ShardMessage>()
        .on(
            1,
            CloseGates.class,
            (out, close) -> {
              out.list(close.shards(), WireOutput::string);
              refs.write(out, close.replyTo());
            },
            in -> new CloseGates(Set.copyOf(in.list(WireInput::string)), refs.read(in)))
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
            (out, leaves) -> write(out, leaves.node()),
            in -> new NodeLeaves(node(in)))
        .on(
            5,
            LoadsTold.class,
            (out, told) -> {
              write(out, told.node());
              out.list(told.loads().entrySet(), ShardSerializer::write);
            },
            in -> new LoadsTold(node(in), loads(in)));
  }

  private static void write(WireOutput out, UniqueAddress node) {
    out.string(node.address().toString());
    out.int64(node.longUid());
  }

  private static UniqueAddress node(WireInput in) {
    return new UniqueAddress(address(in), in.int64());
  }

  private static void write(WireOutput out, Map.Entry<String, Double> load) {
    out.string(load.getKey());
    out.int64(Math.round(load.getValue()));
  }

  private static Map<String, Double> loads(WireInput in) {
    return in.list(each -> Map.entry(each.string(), (double) each.int64())).stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Address address(WireInput in) {
    return AddressFromURIString.parse(in.string());
  }
}
