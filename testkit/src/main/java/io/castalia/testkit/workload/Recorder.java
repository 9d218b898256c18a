package io.castalia.testkit.workload;

import io.castalia.testkit.group.GroupEvent;
import io.castalia.testkit.group.GroupHistoryChecker;
import io.castalia.testkit.group.GroupViolation;
import io.castalia.testkit.history.History;
import io.castalia.testkit.history.HistoryChecker;
import io.castalia.testkit.history.LogContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Writes down what producers and consumers of a test do and see, so that it can be checked in the
 * end whether the cluster kept its promises. Any number of threads may use it.
 *
 * <p>The records that it sends carry a header that names them; topics must hold no others.
 */
public final class Recorder {
  private final History history = new History();
  private final Map<String, List<GroupEvent>> groups = new LinkedHashMap<>();
  private final Queue<String> refusals = new ConcurrentLinkedQueue<>();

  /**
   * A producer that is recorded.
   *
   * @param name unique among those of this recorder
   * @param client sends; closed with what is returned
   */
  public <K, V> RecordingProducer<K, V> producer(String name, Producer<K, V> client) {
    return new RecordingProducer<>(name, client, history, refusals);
  }

  /**
   * A consumer that is recorded; what it reads must have been sent by a producer of this recorder.
   *
   * @param name unique among those of this recorder
   * @param client reads; closed with what is returned
   */
  public <K, V> RecordingConsumer<K, V> consumer(String name, Consumer<K, V> client) {
    return new RecordingConsumer<>(name, client, this);
  }

  History history() {
    return history;
  }

  /** The events of one group are in the order in which they became known. */
  void record(String group, GroupEvent event) {
    synchronized (groups) {
      groups.computeIfAbsent(group, unused -> new ArrayList<>()).add(event);
    }
  }

  /**
   * Reads the topics from start to end and judges all that was recorded. To be called when all
   * clients have been closed.
   *
   * @param client reads, without a group; closed by this
   */
  public Verdict judge(Consumer<?, ?> client, String... topics) {
    List<LogContent> contents = LogReading.read(client, List.of(topics));
    List<GroupViolation> group = new ArrayList<>();
    synchronized (groups) {
      groups.values().forEach(events -> group.addAll(GroupHistoryChecker.check(events, contents)));
    }
    return Verdict.of(
        history.events(),
        HistoryChecker.check(history.events(), contents),
        group,
        List.copyOf(refusals));
  }
}
