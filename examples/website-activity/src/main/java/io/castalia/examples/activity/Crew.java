package io.castalia.examples.activity;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * The members of all groups, each in a thread of its own. They could as well be processes on many
 * machines: they know nothing of each other.
 */
final class Crew {
  private static final Map<Question, Integer> MEMBERS =
      new EnumMap<>(Map.of(Question.PAGES, 3, Question.FAILURES, 1));

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Member> members = new ArrayList<>();
  private final List<Future<?>> running = new ArrayList<>();

  private Crew() {}

  static Crew start(Workload workload) {
    Crew crew = new Crew();
    MEMBERS.forEach(
        (question, count) -> {
          for (int number = 1; number <= count; number++) {
            String name = question.group(workload.topic()) + "-" + number;
            crew.start(new Member(name, question, workload));
          }
        });
    return crew;
  }

  private void start(Member member) {
    members.add(member);
    running.add(
        threads.submit(
            () -> {
              member.run();
              return null;
            }));
  }

  /** Fails if a member has ended by itself. */
  void check() throws InterruptedException, ExecutionException {
    for (Future<?> each : running) {
      if (each.isDone()) {
        each.get();
        throw new IllegalStateException("expected all members to go on, but one has ended");
      }
    }
  }

  /** Ends all as if they had been killed. */
  void crash() throws InterruptedException, ExecutionException {
    end(Member::crash);
  }

  /** Ends all; they say so to their groups. */
  void stop() throws InterruptedException, ExecutionException {
    end(Member::stop);
  }

  private void end(Consumer<Member> how) throws InterruptedException, ExecutionException {
    threads.shutdown();
    members.forEach(how);
    for (Future<?> each : running) {
      each.get();
    }
  }
}
