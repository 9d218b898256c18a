package io.castalia.node.crash;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ClusterEvent.MemberEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.ClusterEvent.MemberUp;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Subscribe;
import org.apache.pekko.remote.artery.QuarantinedEvent;

/**
 * Holds a line to each other node. When one breaks and its node refuses another, its process has
 * ended: it is declared down at once. A node that stands still, or cannot be reached, refuses
 * nothing, and is left to the failure detector and the split-brain resolver.
 */
public final class CrashNotice {
  private static final Duration TRY_AGAIN = Duration.ofMillis(100);
  private static final Duration TRY_LATER = Duration.ofSeconds(1);

  private enum End {
    REFUSED,
    OUT_OF_REACH,
    BROKEN
  }

  sealed interface Event {}

  private record Changed(MemberEvent event) implements Event {}

  private record Opened(UniqueAddress node) implements Event {}

  private record Ended(UniqueAddress node, End how) implements Event {}

  private record Connect(UniqueAddress node) implements Event {}

  private final ActorContext<Event> context;
  private final TimerScheduler<Event> timers;
  private final Cluster cluster;
  private final Refusals refusals;
  private final Map<UniqueAddress, PeerLine> lines = new HashMap<>();

  private CrashNotice(ActorContext<Event> context, TimerScheduler<Event> timers) {
    this.context = context;
    this.timers = timers;
    this.cluster = Cluster.get(context.getSystem());
    this.refusals = new Refusals(cluster.selfMember().uniqueAddress());
    context.setLoggerName(CrashNotice.class);
  }

  /** Watches the other nodes for as long as the actor system lives. */
  public static Behavior<?> create() {
    return Behaviors.<Event>setup(
        context -> Behaviors.withTimers(timers -> new CrashNotice(context, timers).watch()));
  }

  private Behavior<Event> watch() {
    cluster
        .subscriptions()
        .tell(
            Subscribe.create(
                context.messageAdapter(MemberEvent.class, Changed::new), MemberEvent.class));
    return Behaviors.receive(Event.class)
        .onMessage(Changed.class, changed -> changed(changed.event()))
        .onMessage(Connect.class, connect -> connect(connect.node()))
        .onMessage(Opened.class, opened -> opened(opened.node()))
        .onMessage(Ended.class, this::ended)
        .onSignal(PostStop.class, stopped -> close())
        .build();
  }

  private Behavior<Event> changed(MemberEvent event) {
    UniqueAddress node = event.member().uniqueAddress();
    if (event instanceof MemberUp && !node.equals(cluster.selfMember().uniqueAddress())) {
      return connect(node);
    }
    if (event instanceof MemberRemoved) {
      refusals.forget(node);
      timers.cancel(node);
      PeerLine line = lines.remove(node);
      if (line != null) {
        line.close();
      }
    }
    return Behaviors.same();
  }

  private Behavior<Event> connect(UniqueAddress node) {
    PeerLine line = PeerLine.open(context.getSystem(), node.address());
    lines.put(node, line);
    context.pipeToSelf(
        line.opened(),
        (done, failure) -> failure == null ? new Opened(node) : new Ended(node, whyNot(failure)));
    return Behaviors.same();
  }

  private static End whyNot(Throwable failure) {
    return PeerLine.isRefusal(failure) ? End.REFUSED : End.OUT_OF_REACH;
  }

  private Behavior<Event> opened(UniqueAddress node) {
    refusals.forget(node);
    PeerLine line = lines.get(node);
    if (line != null) {
      context.pipeToSelf(line.ended(), (done, failure) -> new Ended(node, End.BROKEN));
    }
    return Behaviors.same();
  }

  private Behavior<Event> ended(Ended ended) {
    UniqueAddress node = ended.node();
    if (lines.remove(node) == null) {
      return Behaviors.same();
    }
    if (ended.how() == End.REFUSED && isUp(node)) {
      refusals.refused(node, System.nanoTime());
      refusals.judge(members(), System.nanoTime()).forEach(this::declareDown);
    }
    Duration pause = ended.how() == End.OUT_OF_REACH ? TRY_LATER : TRY_AGAIN;
    timers.startSingleTimer(node, new Connect(node), pause);
    return Behaviors.same();
  }

  /** One that leaves ends its process by itself. */
  private boolean isUp(UniqueAddress node) {
    return all()
        .anyMatch(
            member ->
                member.uniqueAddress().equals(node) && member.status().equals(MemberStatus.up()));
  }

  private Set<UniqueAddress> members() {
    return all().map(Member::uniqueAddress).collect(Collectors.toSet());
  }

  private Stream<Member> all() {
    return StreamSupport.stream(cluster.state().getMembers().spliterator(), false);
  }

  /**
   * Down alone would not do: a node is removed when it is down and not reached, and for that the
   * failure detector would be waited for.
   */
  private void declareDown(UniqueAddress node) {
    context.getLog().warn("Node {} has ended without a word: it is declared down", node.address());
    Adapter.toClassic(context.getSystem())
        .eventStream()
        .publish(
            new QuarantinedEvent(
                new org.apache.pekko.remote.UniqueAddress(node.address(), node.longUid())));
    cluster.manager().tell(new Down(node.address()));
  }

  private Behavior<Event> close() {
    lines.values().forEach(PeerLine::close);
    return Behaviors.same();
  }
}
