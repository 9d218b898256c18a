package io.castalia.actors.shard;

import io.castalia.actors.shard.ShardCommand.CloseAll;
import io.castalia.actors.shard.ShardCommand.Gone;
import io.castalia.actors.shard.ShardCommand.Leave;
import io.castalia.actors.shard.ShardCommand.Peers;
import io.castalia.actors.shard.ShardCommand.SayAgain;
import io.castalia.actors.shard.ShardCommand.TellAll;
import io.castalia.actors.shard.ShardCommand.TellLoads;
import io.castalia.actors.shard.ShardMessage.CloseGates;
import io.castalia.actors.shard.ShardMessage.GatesClosed;
import io.castalia.actors.shard.ShardMessage.LoadsTold;
import io.castalia.actors.shard.ShardMessage.NodeLeaves;
import io.castalia.actors.shard.ShardMessage.Notice;
import io.castalia.actors.shard.ShardMessage.ShardPlaced;
import io.castalia.api.internal.Replies;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/** One node's part in what nodes tell each other about shards that move. */
final class ShardMovesActor {
  private static final Duration AGAIN = Duration.ofMillis(300);
  private static final Duration TELL_LOADS = Duration.ofSeconds(1);

  private final ActorContext<ShardCommand> context;
  private final TimerScheduler<ShardCommand> timers;
  private final ShardGates gates;
  private final LeavingNodes leaving;
  private final Load load;
  private final ShardListener listener;
  private final ServiceKey<Notice> key;
  private Set<ActorRef<Notice>> peers;

  /** What this node was the last to say of where shards are, for those who come to know it late. */
  private final Map<String, ShardPlaced> said = new HashMap<>();

  private ShardMovesActor(
      ActorContext<ShardCommand> context,
      TimerScheduler<ShardCommand> timers,
      Shared shared,
      ShardListener listener,
      ServiceKey<Notice> key) {
    this.context = context;
    this.timers = timers;
    this.gates = shared.gates();
    this.leaving = shared.leaving();
    this.load = shared.load();
    this.listener = listener;
    this.key = key;
    this.peers = Set.of(context.getSelf().narrow());
  }

  /** What the actor changes and others on its node look at. */
  record Shared(ShardGates gates, LeavingNodes leaving, Load load) {}

  /**
   * What nodes ask of shards.
   *
   * @param own what this one asks
   * @param tells whether it tells the others
   * @param all what nodes have told
   */
  record Load(LoadMeter own, boolean tells, ToldLoads all) {}

  /**
   * Does it for one type of entities.
   *
   * @param type the name of the type
   */
  static Behavior<ShardCommand> create(String type, Shared shared, ShardListener listener) {
    ServiceKey<Notice> key = ServiceKey.create(Notice.class, "shards-of-" + type);
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new ShardMovesActor(context, timers, shared, listener, key).start()));
  }

  private Behavior<ShardCommand> start() {
    var receptionist = context.getSystem().receptionist();
    receptionist.tell(Receptionist.register(key, context.getSelf().narrow()));
    receptionist.tell(
        Receptionist.subscribe(
            key, context.messageAdapter(Receptionist.Listing.class, Peers::new)));
    Cluster.get(context.getSystem())
        .subscriptions()
        .tell(
            Subscribe.create(
                context.messageAdapter(MemberRemoved.class, Gone::new), MemberRemoved.class));
    timers.startTimerWithFixedDelay(new TellLoads(), TELL_LOADS);
    return Behaviors.receive(ShardCommand.class)
        .onMessage(CloseAll.class, this::closeAll)
        .onMessage(TellAll.class, all -> say(all.placed()))
        .onMessage(Leave.class, leave -> leave())
        .onMessage(SayAgain.class, again -> tellAll(new NodeLeaves(self())))
        .onMessage(TellLoads.class, time -> tellLoads())
        .onMessage(Peers.class, this::learn)
        .onMessage(Gone.class, gone -> forget(gone.member()))
        .onMessage(CloseGates.class, this::close)
        .onMessage(ShardPlaced.class, this::placed)
        .onMessage(NodeLeaves.class, this::leaves)
        .onMessage(LoadsTold.class, this::learn)
        .build();
  }

  /** Requests that are not answered in time are refused by the shard that stops. */
  private Behavior<ShardCommand> closeAll(CloseAll order) {
    CompletableFuture<?>[] closed =
        peers.stream()
            .map(
                peer ->
                    Replies.<Notice, GatesClosed>of(
                            peer,
                            replyTo -> new CloseGates(order.shards(), replyTo),
                            gates.patience(),
                            context.getSystem())
                        .handle((done, late) -> Done.getInstance())
                        .toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    var unused =
        CompletableFuture.allOf(closed).thenRun(() -> order.done().complete(Done.getInstance()));
    return Behaviors.same();
  }

  private Behavior<ShardCommand> say(ShardPlaced placed) {
    said.put(placed.shard(), placed);
    return tellAll(placed);
  }

  private Behavior<ShardCommand> tellAll(Notice notice) {
    peers.forEach(peer -> peer.tell(notice));
    return Behaviors.same();
  }

  private Behavior<ShardCommand> leave() {
    timers.startTimerWithFixedDelay(new SayAgain(), AGAIN);
    return tellAll(new NodeLeaves(self()));
  }

  private Behavior<ShardCommand> tellLoads() {
    Map<String, Double> loads = load.own().sample(System.nanoTime());
    return load.tells() ? tellAll(new LoadsTold(self(), loads)) : Behaviors.same();
  }

  private Behavior<ShardCommand> learn(LoadsTold told) {
    load.all().tell(told.node(), told.loads(), System.nanoTime());
    return Behaviors.same();
  }

  private UniqueAddress self() {
    return Cluster.get(context.getSystem()).selfMember().uniqueAddress();
  }

  private Behavior<ShardCommand> learn(Peers found) {
    Set<ActorRef<Notice>> all = new HashSet<>(found.listing().getServiceInstances(key));
    all.add(context.getSelf().narrow());
    all.stream()
        .filter(peer -> !peers.contains(peer))
        .forEach(late -> said.values().forEach(late::tell));
    peers = all;
    return Behaviors.same();
  }

  private Behavior<ShardCommand> forget(MemberRemoved removed) {
    leaving.remove(removed.member().uniqueAddress());
    return Behaviors.same();
  }

  private Behavior<ShardCommand> close(CloseGates order) {
    order.shards().forEach(listener::moving);
    CompletableFuture<?>[] closed =
        order.shards().stream()
            .map(shard -> gates.close(shard).toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    var unused =
        CompletableFuture.allOf(closed).thenRun(() -> order.replyTo().tell(new GatesClosed()));
    return Behaviors.same();
  }

  private Behavior<ShardCommand> placed(ShardPlaced told) {
    if (!told.equals(said.get(told.shard()))) {
      said.remove(told.shard());
    }
    listener.placed(told.shard(), told.member());
    gates.open(told.shard());
    return Behaviors.same();
  }

  private Behavior<ShardCommand> leaves(NodeLeaves told) {
    leaving.add(told.node());
    return Behaviors.same();
  }
}
