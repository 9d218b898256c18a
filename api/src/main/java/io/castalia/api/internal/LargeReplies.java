package io.castalia.api.internal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Extension;
import org.apache.pekko.actor.typed.ExtensionId;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.japi.function.Function;

/**
 * Replies of actors on other members that may be larger than what remoting takes among small
 * messages. It has a channel for large ones, and tells them by the path of the actor that gets
 * them: so these replies come to actors of their own, below {@code /system/castalia-replies}, which
 * {@code castalia-member.conf} names.
 */
public final class LargeReplies implements Extension {
  private static final ExtensionId<LargeReplies> ID = new Id();

  private final ActorRef<Question> desk;

  private static final class Id extends ExtensionId<LargeReplies> {
    @Override
    public LargeReplies createExtension(ActorSystem<?> system) {
      return new LargeReplies(system);
    }
  }

  /**
   * A question that waits to be asked.
   *
   * @param ask asks it for an actor that gets the reply
   */
  private record Question(
      Consumer<ActorRef<Object>> ask, Duration timeout, CompletableFuture<Object> reply) {}

  private record Expired() {}

  private LargeReplies(ActorSystem<?> system) {
    this.desk = system.systemActorOf(desk(), "castalia-replies", Props.empty());
  }

  /**
   * Asks an actor.
   *
   * @return fails with {@link TimeoutException} if there is no reply in time
   */
  public static <Q, R> CompletionStage<R> of(
      RecipientRef<Q> actor,
      Function<ActorRef<R>, Q> question,
      Duration timeout,
      ActorSystem<?> system) {
    CompletableFuture<Object> reply = new CompletableFuture<>();
    system
        .registerExtension(ID)
        .desk
        .tell(new Question(replyTo -> actor.tell(asked(question, replyTo)), timeout, reply));
    @SuppressWarnings("unchecked") // the question is for an actor that takes an R
    CompletableFuture<R> typed = (CompletableFuture<R>) reply;
    return Replies.on(system.executionContext(), typed);
  }

  private static <Q, R> Q asked(Function<ActorRef<R>, Q> question, ActorRef<Object> replyTo) {
    try {
      return question.apply(replyTo.narrow());
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalArgumentException("the question could not be made", e);
    }
  }

  private static Behavior<Question> desk() {
    return Behaviors.setup(
        context ->
            Behaviors.receiveMessage(
                question -> {
                  context.spawnAnonymous(waiting(question));
                  return Behaviors.same();
                }));
  }

  private static Behavior<Object> waiting(Question question) {
    return Behaviors.withTimers(
        timers ->
            Behaviors.setup(
                context -> {
                  timers.startSingleTimer(new Expired(), question.timeout());
                  question.ask().accept(context.getSelf());
                  return Behaviors.receiveMessage(message -> answered(question, message));
                }));
  }

  private static Behavior<Object> answered(Question question, Object message) {
    if (message instanceof Expired) {
      question
          .reply()
          .completeExceptionally(
              new TimeoutException("there was no reply within " + question.timeout()));
    } else {
      question.reply().complete(message);
    }
    return Behaviors.stopped();
  }
}
