package io.castalia.actors.shard;

import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.cluster.sharding.ShardCoordinator.ShardAllocationStrategy;

/**
 * Moves the shards of one type of entities between nodes so that no request meets a shard that
 * stops. All requests of a node have to go by way of {@link #gates}.
 *
 * <p>A shard that moves in another way, or before all nodes have closed their gates, is none the
 * less safe; then requests may be dropped.
 */
public final class OrderlyMoves {
  /** How fast the load of the past is forgotten. */
  private static final Duration HALF_LIFE = Duration.ofSeconds(20);

  private final ShardGates gates;
  private final LoadMeter meter;
  private final ShardAllocationStrategy strategy;
  private final ActorRef<ShardCommand> desk;

  /**
   * How shards move.
   *
   * @param byLoad whether what this node asks of shards counts when busy ones are spread
   * @param longest what waits longer for a shard to move goes on, and may be dropped; so may what
   *     is still unanswered after a third of it
   */
  public record Rules(boolean byLoad, Duration longest) {}

  private OrderlyMoves(
      ShardGates gates,
      LoadMeter meter,
      ShardAllocationStrategy strategy,
      ActorRef<ShardCommand> desk) {
    this.gates = gates;
    this.meter = meter;
    this.strategy = strategy;
    this.desk = desk;
  }

  /**
   * Takes part in moving shards for as long as the actor system lives.
   *
   * @param type the name of the type of entities
   * @param among chooses among nodes that do not leave, by the number of their shards
   */
  public static OrderlyMoves start(
      ActorSystem<?> system,
      String type,
      ShardAllocationStrategy among,
      Rules rules,
      ShardListener listener) {
    ShardGates gates = new ShardGates(rules.longest());
    LeavingNodes leaving = new LeavingNodes();
    LoadMeter meter = new LoadMeter(HALF_LIFE, System.nanoTime());
    ToldLoads loads = new ToldLoads(HALF_LIFE);
    ShardMovesActor.Shared shared =
        new ShardMovesActor.Shared(
            gates, leaving, new ShardMovesActor.Load(meter, rules.byLoad(), loads));
    ActorRef<ShardCommand> desk =
        system.systemActorOf(
            ShardMovesActor.create(type, shared, listener), "moves-of-" + type, Props.empty());
    ShardMoves strategy = new ShardMoves(type, among, leaving, loads, desk);
    return new OrderlyMoves(gates, meter, strategy, desk);
  }

  /** Through which this node's requests go. */
  public ShardGates gates() {
    return gates;
  }

  /** Where what this node asks of shards is to be counted. */
  public LoadMeter meter() {
    return meter;
  }

  /** Where shards are put, to be given to sharding. */
  public ShardAllocationStrategy strategy() {
    return strategy;
  }

  /** Has this node's shards moved to others, a few at a time, and takes none any more. */
  public void leave() {
    desk.tell(new ShardCommand.Leave());
  }
}
