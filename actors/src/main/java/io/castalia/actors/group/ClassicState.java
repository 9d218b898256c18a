package io.castalia.actors.group;

import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A group that uses the classic protocol, or that nobody has joined yet. */
sealed interface ClassicState extends GroupState {

  Roster roster();

  /** The number of the generation that the members have, or had last. */
  int generation();

  /** The same phase with other members. */
  ClassicState with(Roster roster);

  @Override
  ClassicState with(GroupRecord record);

  /** When this phase must do something by itself, apart from its members' sessions. */
  default OptionalLong ownDeadline() {
    return OptionalLong.empty();
  }

  /** Who has not asked for its assignment. */
  default PendingSync pendingSync() {
    return PendingSync.NONE;
  }

  /** The protocol chosen, or empty. */
  default String protocol() {
    return "";
  }

  @Override
  default String protocolType() {
    return roster().protocolType();
  }

  @Override
  default boolean exists() {
    return record().exists() || phase() != GroupPhase.EMPTY || !roster().pending().isEmpty();
  }

  @Override
  default int members() {
    return roster().size();
  }

  @Override
  default boolean isUnused() {
    return phase() == GroupPhase.EMPTY && roster().pending().isEmpty();
  }

  @Override
  default Optional<Set<String>> subscribed(GroupTopics topics) {
    return Subscriptions.topics(this);
  }

  @Override
  default OptionalLong deadline() {
    return Stream.of(roster().deadline(), ownDeadline())
        .flatMapToLong(
            each -> each.isPresent() ? LongStream.of(each.getAsLong()) : LongStream.empty())
        .min();
  }

  /** The group as its record tells it, with sessions that begin now. */
  static ClassicState recovered(GroupRecord record, long now) {
    Generation generation = record.generation();
    Roster roster = Roster.of(generation, now);
    if (generation.members().isEmpty()) {
      return new Empty(record, roster);
    }
    if (generation.leader().isEmpty()) {
      JoinWindow window = JoinWindow.until(now + roster.rebalanceMillis());
      return new PreparingRebalance(record, roster, generation.number(), window);
    }
    return new Stable(record, roster, generation.number(), generation.protocol(), PendingSync.NONE);
  }

  /** No members, perhaps offsets. */
  record Empty(GroupRecord record, Roster roster) implements ClassicState {
    @Override
    public int generation() {
      return record.generation().number();
    }

    @Override
    public GroupPhase phase() {
      return GroupPhase.EMPTY;
    }

    @Override
    public Empty with(Roster changed) {
      return new Empty(record, changed);
    }

    @Override
    public Empty with(GroupRecord changed) {
      return new Empty(changed, roster);
    }
  }

  /**
   * Members join, or join again.
   *
   * @param window how long they may
   */
  record PreparingRebalance(GroupRecord record, Roster roster, int generation, JoinWindow window)
      implements ClassicState {
    @Override
    public GroupPhase phase() {
      return GroupPhase.PREPARING_REBALANCE;
    }

    @Override
    public PreparingRebalance with(Roster changed) {
      return new PreparingRebalance(record, changed, generation, window);
    }

    @Override
    public PreparingRebalance with(GroupRecord changed) {
      return new PreparingRebalance(changed, roster, generation, window);
    }

    PreparingRebalance with(JoinWindow changed) {
      return new PreparingRebalance(record, roster, generation, changed);
    }

    @Override
    public OptionalLong ownDeadline() {
      return OptionalLong.of(window.deadline());
    }
  }

  /** All members have the new generation and wait for what the leader assigns. */
  record CompletingRebalance(
      GroupRecord record, Roster roster, int generation, String protocol, PendingSync pendingSync)
      implements ClassicState {
    @Override
    public GroupPhase phase() {
      return GroupPhase.COMPLETING_REBALANCE;
    }

    @Override
    public CompletingRebalance with(Roster changed) {
      return new CompletingRebalance(record, changed, generation, protocol, pendingSync);
    }

    @Override
    public CompletingRebalance with(GroupRecord changed) {
      return new CompletingRebalance(changed, roster, generation, protocol, pendingSync);
    }

    CompletingRebalance with(PendingSync changed) {
      return new CompletingRebalance(record, roster, generation, protocol, changed);
    }

    @Override
    public OptionalLong ownDeadline() {
      return pendingSync.ownDeadline();
    }
  }

  /** All members may have their assignments. */
  record Stable(
      GroupRecord record, Roster roster, int generation, String protocol, PendingSync pendingSync)
      implements ClassicState {
    @Override
    public GroupPhase phase() {
      return GroupPhase.STABLE;
    }

    @Override
    public Stable with(Roster changed) {
      return new Stable(record, changed, generation, protocol, pendingSync);
    }

    @Override
    public Stable with(GroupRecord changed) {
      return new Stable(changed, roster, generation, protocol, pendingSync);
    }

    Stable with(PendingSync changed) {
      return new Stable(record, roster, generation, protocol, changed);
    }

    @Override
    public OptionalLong ownDeadline() {
      return pendingSync.ownDeadline();
    }
  }

  /** Gone; whoever still asks this coordinator must ask again. */
  record Dead(GroupRecord record, Roster roster) implements ClassicState {
    @Override
    public int generation() {
      return record.generation().number();
    }

    @Override
    public GroupPhase phase() {
      return GroupPhase.DEAD;
    }

    @Override
    public Dead with(Roster changed) {
      return new Dead(record, changed);
    }

    @Override
    public Dead with(GroupRecord changed) {
      return new Dead(changed, roster);
    }
  }

  /**
   * How long members may wait before they join.
   *
   * @param initial the group was empty: others may be about to come
   * @param deadline when the time is over
   * @param step by how much it was set last, in milliseconds
   * @param remaining by how much it may still grow, in milliseconds
   * @param grown whether somebody came since it was set
   */
  record JoinWindow(boolean initial, long deadline, long step, long remaining, boolean grown) {
    static JoinWindow initial(long now, long delay, long longest) {
      return new JoinWindow(true, now + delay, delay, Math.max(longest - delay, 0), false);
    }

    static JoinWindow until(long deadline) {
      return new JoinWindow(false, deadline, 0, 0, false);
    }

    JoinWindow grownBySomebody() {
      return new JoinWindow(initial, deadline, step, remaining, initial);
    }

    boolean mayGrow() {
      return initial && grown && remaining > 0;
    }

    JoinWindow next(long now, long delay) {
      long nextStep = Math.min(delay, remaining);
      return new JoinWindow(true, now + nextStep, nextStep, Math.max(remaining - step, 0), false);
    }
  }

  /**
   * Members that have not asked for their assignment.
   *
   * @param members their ids
   * @param deadline when they have missed it
   */
  record PendingSync(Set<String> members, long deadline) {
    static final PendingSync NONE = new PendingSync(Set.of(), 0);

    public PendingSync {
      members = Set.copyOf(members);
    }

    PendingSync without(String memberId) {
      if (!members.contains(memberId)) {
        return this;
      }
      Set<String> left = new HashSet<>(members);
      left.remove(memberId);
      return new PendingSync(left, deadline);
    }

    OptionalLong ownDeadline() {
      return members.isEmpty() ? OptionalLong.empty() : OptionalLong.of(deadline);
    }
  }
}
