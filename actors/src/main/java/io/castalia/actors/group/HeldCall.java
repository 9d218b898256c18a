package io.castalia.actors.group;

import io.castalia.actors.group.Answered.Answer;
import io.castalia.actors.group.Answered.Held;
import io.castalia.actors.group.Answered.Lost;
import io.castalia.actors.group.GroupCommand.Ask;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * One request that may have to wait for other members, far longer than a coordinator takes to
 * answer. Once the coordinator has said that it holds the request, only its end is a failure.
 */
final class HeldCall {
  private static final String TIMER = "limit";

  private final CompletableFuture<GroupReply> reply;
  private final RefusedReply refused;
  private final TimerScheduler<Answered> timers;
  private final Duration longest;

  /** What to answer in place of the coordinator. */
  interface RefusedReply {
    GroupReply with(Errors error);
  }

  /**
   * A request and its limits.
   *
   * @param answerWithin how long until the answer or until word that the request is held
   * @param longest how long it may be held
   */
  record Call(
      GroupRequest request, RefusedReply refused, Duration answerWithin, Duration longest) {}

  private HeldCall(
      CompletableFuture<GroupReply> reply, Call call, TimerScheduler<Answered> timers) {
    this.reply = reply;
    this.refused = call.refused();
    this.timers = timers;
    this.longest = call.longest();
  }

  static Behavior<Answered> create(
      ActorRef<SlotCommand> slot, Call call, CompletableFuture<GroupReply> reply) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  slot.tell(new Ask(call.request(), context.getSelf()));
                  timers.startSingleTimer(TIMER, new Lost(), call.answerWithin());
                  return new HeldCall(reply, call, timers).receive(context);
                }));
  }

  private Behavior<Answered> receive(ActorContext<Answered> context) {
    return Behaviors.receive(Answered.class)
        .onMessage(Answer.class, answer -> complete(answer.reply()))
        .onMessage(Lost.class, lost -> lose(Errors.COORDINATOR_NOT_AVAILABLE))
        .onMessage(Held.class, held -> watch(context, held))
        .onSignal(Terminated.class, gone -> lose(Errors.NOT_COORDINATOR))
        .onSignal(PostStop.class, stop -> lose(Errors.COORDINATOR_NOT_AVAILABLE))
        .build();
  }

  private Behavior<Answered> watch(ActorContext<Answered> context, Held held) {
    context.watch(held.coordinator());
    timers.startSingleTimer(TIMER, new Lost(), longest);
    return Behaviors.same();
  }

  private Behavior<Answered> lose(Errors error) {
    return complete(refused.with(error));
  }

  private Behavior<Answered> complete(GroupReply answer) {
    reply.complete(answer);
    return Behaviors.stopped();
  }
}
