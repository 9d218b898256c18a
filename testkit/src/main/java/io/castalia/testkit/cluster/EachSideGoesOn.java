package io.castalia.testkit.cluster;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.AbstractActorWithTimers;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.Props;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.ClusterEvent.ReachableMember;
import org.apache.pekko.cluster.ClusterEvent.UnreachableMember;
import org.apache.pekko.cluster.DowningProvider;
import scala.Option;
import scala.concurrent.duration.FiniteDuration;

/**
 * The wrong thing to do in a split: every side takes the others for dead and goes on without them.
 * What is right then owes nothing to the split-brain resolver.
 */
public final class EachSideGoesOn extends DowningProvider {

  /** Called by Pekko. */
  public EachSideGoesOn(ActorSystem system) {}

  @Override
  public FiniteDuration downRemovalMargin() {
    return FiniteDuration.apply(0, TimeUnit.MILLISECONDS);
  }

  @Override
  public Option<Props> downingActorProps() {
    return Option.apply(Props.create(Downing.class, Downing::new));
  }

  private static final class Downing extends AbstractActorWithTimers {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Cluster cluster = Cluster.get(getContext().getSystem());

    private record TakenForDead(Address node) {}

    @Override
    public void preStart() {
      cluster.subscribe(
          getSelf(),
          ClusterEvent.initialStateAsEvents(),
          UnreachableMember.class,
          ReachableMember.class);
    }

    @Override
    public void postStop() {
      cluster.unsubscribe(getSelf());
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder()
          .match(UnreachableMember.class, gone -> await(gone.member().address()))
          .match(ReachableMember.class, back -> getTimers().cancel(back.member().address()))
          .match(TakenForDead.class, dead -> cluster.down(dead.node()))
          .build();
    }

    private void await(Address node) {
      getTimers().startSingleTimer(node, new TakenForDead(node), PATIENCE);
    }
  }
}
