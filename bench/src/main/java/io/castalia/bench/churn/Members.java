package io.castalia.bench.churn;

import io.castalia.bench.churn.Change.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The members of a group, and what is done to them. */
final class Members implements AutoCloseable {

  /** A frozen member goes on when its session is over for certain. */
  private static final long FROZEN_NANOS = MemberSettings.SESSION.multipliedBy(2).toNanos();

  private final MemberSettings settings;
  private final Recorder recorder;
  private final ChurnPlan plan;
  private final Path work;
  private final List<ThreadMember> threads = new ArrayList<>();
  private final List<ProcessMember> processes = new ArrayList<>();
  private final Map<ProcessMember, Long> frozen = new LinkedHashMap<>();
  private final List<ProcessMember> killed = new ArrayList<>();
  private final List<Member> ending = new ArrayList<>();
  private int count;

  Members(MemberSettings settings, Recorder recorder, ChurnPlan plan, Path work) {
    this.settings = settings;
    this.recorder = recorder;
    this.plan = plan;
    this.work = work;
  }

  ChurnPlan.Situation situation() {
    return new ChurnPlan.Situation(
        threads.size(), processes.size(), frozen.size(), thawable().size());
  }

  private List<ProcessMember> thawable() {
    long now = System.nanoTime();
    return frozen.entrySet().stream()
        .filter(each -> now - each.getValue() > FROZEN_NANOS)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Does it to a member by chance; gives back the member's name. */
  String apply(Kind kind) {
    Member member =
        switch (kind) {
          case JOIN -> join();
          case LEAVE -> leave();
          case LEAVE_SILENTLY -> leaveSilently();
          case KILL -> kill();
          case FREEZE -> freeze();
          case THAW -> thaw();
          case BROKER_KILL -> throw new IllegalArgumentException("the broker is no member");
        };
    return member.name();
  }

  private Member join() {
    count++;
    String name = "m" + count;
    if (plan.nextIsProcess()) {
      Path output = work.resolve(settings.group() + "-" + name + ".err");
      processes.add(new ProcessMember(name, settings, recorder, output));
      recorder.note(Kind.JOIN, name);
      return processes.get(processes.size() - 1);
    }
    recorder.note(Kind.JOIN, name);
    threads.add(new ThreadMember(name, settings, recorder));
    return threads.get(threads.size() - 1);
  }

  private Member leave() {
    Member member = takeAny();
    recorder.note(Kind.LEAVE, member.name());
    member.leave();
    ending.add(member);
    return member;
  }

  private Member leaveSilently() {
    Member member = takeAny();
    recorder.note(Kind.LEAVE_SILENTLY, member.name());
    member.leaveSilently();
    ending.add(member);
    return member;
  }

  private Member takeAny() {
    int index = plan.nextOf(threads.size() + processes.size());
    return index < threads.size()
        ? threads.remove(index)
        : processes.remove(index - threads.size());
  }

  private Member kill() {
    ProcessMember member = takeProcess();
    recorder.note(Kind.KILL, member.name());
    member.kill();
    killed.add(member);
    return member;
  }

  private Member freeze() {
    ProcessMember member = takeProcess();
    recorder.note(Kind.FREEZE, member.name());
    member.freeze();
    frozen.put(member, System.nanoTime());
    return member;
  }

  private ProcessMember takeProcess() {
    return processes.remove(plan.nextOf(processes.size()));
  }

  private Member thaw() {
    ProcessMember member = thawable().get(0);
    frozen.remove(member);
    recorder.note(Kind.THAW, member.name());
    member.thaw();
    processes.add(member);
    return member;
  }

  /** Everybody who is there leaves; waits for the end of all that have been told to. */
  void leaveAll() {
    while (!threads.isEmpty() || !processes.isEmpty()) {
      leave();
    }
    ending.forEach(Member::awaitEnd);
    killed.forEach(Member::awaitEnd);
  }

  /** Leaves no process behind, and no thread. */
  @Override
  public void close() {
    processes.forEach(ProcessMember::destroy);
    frozen.keySet().forEach(ProcessMember::destroy);
    threads.forEach(ThreadMember::leaveSilently);
    threads.forEach(ThreadMember::awaitEnd);
  }
}
