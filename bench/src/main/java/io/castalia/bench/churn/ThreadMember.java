package io.castalia.bench.churn;

import io.castalia.bench.load.Threads;
import org.apache.kafka.common.KafkaException;

/** A member in a thread of this process. */
final class ThreadMember implements Member {

  private final String name;
  private final MemberLoop loop;
  private final Recorder recorder;
  private final Thread thread;

  /** Starts at once. */
  ThreadMember(String name, MemberSettings settings, Recorder recorder) {
    this.name = name;
    this.recorder = recorder;
    this.loop = new MemberLoop(name, settings, recorder::note);
    this.thread = new Thread(this::run, name);
    thread.start();
  }

  private void run() {
    try {
      loop.run();
    } catch (KafkaException e) {
      recorder.failed(name + " ended: " + e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void leave() {
    loop.leave();
  }

  @Override
  public void leaveSilently() {
    loop.leaveSilently();
  }

  @Override
  public void awaitEnd() {
    Threads.join(thread);
  }
}
