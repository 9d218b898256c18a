package io.castalia.bench.churn;

import io.castalia.bench.churn.Change.Kind;
import io.castalia.bench.load.Load;
import io.castalia.testkit.group.GroupHistoryChecker;
import io.castalia.testkit.history.LogContent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A group whose members stay, in threads of this process: whatever happens to it is the servers'
 * doing.
 */
public final class SteadyGroup implements AutoCloseable {

  private final Recorder recorder;
  private final List<ThreadMember> members = new ArrayList<>();
  private final CommitWatcher watcher;
  private boolean closed;

  /** Starts at once, on a topic that is there. */
  public SteadyGroup(String bootstrap, Load load, Protocol protocol, int size) {
    this.recorder = new Recorder(load.partitions());
    String group = "group-" + protocol.label();
    MemberSettings settings = new MemberSettings(bootstrap, load.topic(), group, protocol);
    for (int number = 1; number <= size; number++) {
      String name = protocol.label() + "-" + number;
      recorder.note(Kind.JOIN, name);
      members.add(new ThreadMember(name, settings, recorder));
    }
    this.watcher = new CommitWatcher(bootstrap, load, group, recorder);
  }

  /** Whether its members share all partitions, and each has committed after a moment. */
  public boolean isAtWorkSince(long nanos) {
    return recorder.isAtWorkSince(nanos);
  }

  /** Whether all is committed that is in the logs, as of the last look. */
  public boolean hasCommittedEverything() {
    return watcher.hasSeenEverythingCommitted();
  }

  /** Who has what, for messages. */
  public String ownership() {
    return recorder.ownership();
  }

  /** The members leave. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    watcher.close();
    members.forEach(
        member -> {
          recorder.note(Kind.LEAVE, member.name());
          member.leave();
        });
    members.forEach(ThreadMember::awaitEnd);
  }

  /** What went wrong, once it is closed: members that failed, and rules of groups that broke. */
  public List<String> complaints(Collection<LogContent> contents) {
    List<String> complaints = new ArrayList<>(recorder.failures());
    GroupHistoryChecker.check(recorder.timeline().history(), contents)
        .forEach(violation -> complaints.add(violation.toString()));
    return complaints;
  }
}
