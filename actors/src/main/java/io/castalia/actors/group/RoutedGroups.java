package io.castalia.actors.group;

import io.castalia.actors.group.Answered.Answer;
import io.castalia.actors.group.GroupCommand.Ask;
import io.castalia.actors.group.GroupReply.Code;
import io.castalia.actors.group.HeldCall.RefusedReply;
import io.castalia.actors.group.ListReply.GroupListing;
import io.castalia.actors.topic.TopicCatalog;
import io.castalia.api.internal.Replies;
import io.castalia.persistence.Meters;
import io.castalia.persistence.OwnedLogs;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.ClusterSingletonSettings;
import org.apache.pekko.cluster.typed.SingletonActor;

/** Groups whose coordinators run beneath cluster singletons, one for each slot. */
public final class RoutedGroups implements Groups {
  /** Beyond what a client waits for its join, so that it is the client who gives up first. */
  private static final Duration HELD_MARGIN = Duration.ofSeconds(10);

  private final AtomicLong heldCalls = new AtomicLong();
  private final ActorSystem<?> system;
  private final GroupSettings settings;
  private final OwnedLogs logs;
  private final List<ActorRef<SlotCommand>> slots;
  private final CompletableFuture<Done> ready = new CompletableFuture<>();

  private RoutedGroups(
      ActorSystem<?> system,
      GroupSettings settings,
      OwnedLogs logs,
      List<ActorRef<SlotCommand>> slots) {
    this.system = system;
    this.settings = settings;
    this.logs = logs;
    this.slots = List.copyOf(slots);
  }

  /**
   * Starts the slots on this node, or proxies for those that run elsewhere.
   *
   * @param system the node's actor system, with the settings of {@code castalia.groups}
   * @param catalog the latest catalog on this node; must be cheap
   * @param logs tells whose the logs of slots are
   */
  public static RoutedGroups start(
      ActorSystem<?> system, Supplier<TopicCatalog> catalog, OwnedLogs logs) {
    GroupSettings settings = GroupSettings.of(system.settings().config());
    GroupResources resources =
        new GroupResources(
            settings,
            catalog,
            new TopicPatterns(),
            Clock.systemUTC(),
            logs,
            new LostNodes(),
            new GroupMeters(Meters.registry(system)));
    system.systemActorOf(LostNodesWatch.create(resources.lostNodes()), "lost-nodes", Props.empty());
    List<ActorRef<SlotCommand>> slots = new ArrayList<>();
    for (int number = 0; number < settings.slots(); number++) {
      slots.add(startSlot(system, number, resources));
    }
    RoutedGroups groups = new RoutedGroups(system, settings, logs, slots);
    groups.probe();
    return groups;
  }

  private static ActorRef<SlotCommand> startSlot(
      ActorSystem<?> system, int number, GroupResources resources) {
    String role = resources.settings().role(number);
    ClusterSingletonSettings singleton = ClusterSingletonSettings.create(system);
    return ClusterSingleton.get(system)
        .init(
            SingletonActor.of(GroupSlot.create(number, resources), "group-slot-" + number)
                .withSettings(role.isEmpty() ? singleton : singleton.withRole(role)));
  }

  /**
   * Completes when every slot has answered and knows its groups; fails if the store has been used
   * with more slots.
   */
  public CompletionStage<Done> ready() {
    return ready;
  }

  @Override
  public CompletionStage<JoinReply> join(JoinRequest request) {
    return hold(
        request,
        error -> JoinReply.refused(error, request.member().memberId()),
        request.rebalanceTimeout().plus(HELD_MARGIN),
        JoinReply.class);
  }

  @Override
  public CompletionStage<SyncReply> sync(SyncRequest request) {
    return hold(request, SyncReply::refused, GroupRules.FIRST_JOIN, SyncReply.class);
  }

  @Override
  public CompletionStage<Errors> heartbeat(HeartbeatRequest request) {
    return code(request);
  }

  @Override
  public CompletionStage<ConsumerHeartbeatReply> consumerHeartbeat(
      ConsumerHeartbeatRequest request) {
    return ask(
        request,
        error -> ConsumerHeartbeatReply.refused(error, error.message()),
        ConsumerHeartbeatReply.class);
  }

  @Override
  public CompletionStage<LeaveReply> leave(LeaveRequest request) {
    return ask(request, LeaveReply::refused, LeaveReply.class);
  }

  @Override
  public CompletionStage<CommitReply> commitOffsets(CommitRequest request) {
    return ask(
        request, error -> CommitReply.all(request.offsets().keySet(), error), CommitReply.class);
  }

  @Override
  public CompletionStage<OffsetsReply> fetchOffsets(OffsetsQuery query) {
    return ask(query, OffsetsReply::refused, OffsetsReply.class);
  }

  @Override
  public CompletionStage<DeleteOffsetsReply> deleteOffsets(
      String groupId, Set<TopicPartition> partitions) {
    return ask(
        new GroupRequest.DeleteOffsets(groupId, partitions),
        DeleteOffsetsReply::refused,
        DeleteOffsetsReply.class);
  }

  @Override
  public CompletionStage<GroupDescription> describe(String groupId) {
    return ask(
        new GroupRequest.Describe(groupId),
        error -> GroupDescription.refused(groupId, error),
        GroupDescription.class);
  }

  @Override
  public CompletionStage<ConsumerGroupDescription> describeConsumers(String groupId) {
    return ask(
        new GroupRequest.DescribeConsumers(groupId),
        error -> ConsumerGroupDescription.refused(groupId, error),
        ConsumerGroupDescription.class);
  }

  @Override
  public CompletionStage<Errors> delete(String groupId) {
    return code(new GroupRequest.Delete(groupId));
  }

  @Override
  public CompletionStage<ListReply> list(ListQuery query) {
    CompletionStage<ListReply> all =
        CompletableFuture.completedFuture(new ListReply(Errors.NONE, List.of()));
    for (ActorRef<SlotCommand> slot : slots) {
      all = all.thenCombine(list(slot, query), RoutedGroups::merge);
    }
    return all;
  }

  private CompletionStage<SlotReply> list(ActorRef<SlotCommand> slot, ListQuery query) {
    return Replies.<SlotCommand, SlotReply>of(
            slot, replyTo -> new SlotCommand.List(query, replyTo), settings.askTimeout(), system)
        .exceptionally(late -> new SlotReply(Errors.COORDINATOR_NOT_AVAILABLE, List.of()));
  }

  private static ListReply merge(ListReply all, SlotReply slot) {
    List<GroupListing> groups = new ArrayList<>(all.groups());
    groups.addAll(slot.groups());
    groups.sort(Comparator.comparing(GroupListing::groupId));
    return new ListReply(all.error() == Errors.NONE ? slot.error() : all.error(), groups);
  }

  private CompletionStage<Errors> code(GroupRequest request) {
    return ask(request, Code::new, Code.class).thenApply(Code::error);
  }

  private <R extends GroupReply> CompletionStage<R> ask(
      GroupRequest request, Function<Errors, R> refused, Class<R> type) {
    return Replies.<SlotCommand, Answered>of(
            slot(request), replyTo -> new Ask(request, replyTo), settings.askTimeout(), system)
        .handle(
            (answered, late) ->
                answered instanceof Answer answer
                    ? type.cast(answer.reply())
                    : refused.apply(Errors.COORDINATOR_NOT_AVAILABLE));
  }

  private <R extends GroupReply> CompletionStage<R> hold(
      GroupRequest request, RefusedReply refused, Duration longest, Class<R> type) {
    CompletableFuture<GroupReply> reply = new CompletableFuture<>();
    HeldCall.Call call = new HeldCall.Call(request, refused, settings.askTimeout(), longest);
    system.systemActorOf(
        HeldCall.create(slot(request), call, reply),
        "held-call-" + heldCalls.incrementAndGet(),
        Props.empty());
    return reply.thenApply(type::cast);
  }

  private ActorRef<SlotCommand> slot(GroupRequest request) {
    return slots.get(settings.slotOf(request.groupId()));
  }

  private void probe() {
    list(ListQuery.ALL)
        .thenCombine(logs.exists(GroupSlot.log(settings.slots())), this::isReady)
        .exceptionally(unknown -> false)
        .thenAccept(
            done -> {
              if (!done) {
                system
                    .scheduler()
                    .scheduleOnce(settings.minBackoff(), this::probe, system.executionContext());
              }
            });
  }

  /** Groups in the log of a slot that is no more would seem to be gone. */
  private boolean isReady(ListReply groups, boolean hasMoreSlots) {
    if (hasMoreSlots) {
      return ready.completeExceptionally(
          new IllegalStateException(
              "expected castalia.groups.slots to be what it was when this store was made, but it is"
                  + " %d, and there is a log of slot %d as well (the first is 0)"
                      .formatted(settings.slots(), settings.slots())));
    }
    return groups.error() == Errors.NONE && ready.complete(Done.getInstance());
  }
}
