package io.castalia.testkit.workload;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownMemberIdException;

/** What a member of the group does: polls, commits now and then, and begins anew if it must. */
final class MemberWork {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final long COMMIT_NANOS = Duration.ofMillis(200).toNanos();

  private final WorkloadClients clients;
  private final Recorder recorder;
  private final String name;
  private final String topic;
  private final Consumer<ConsumerRecord<?, ?>> seen;
  private RecordingConsumer<String, String> member;
  private int starts;
  private long committed = System.nanoTime();

  MemberWork(
      WorkloadClients clients,
      Recorder recorder,
      String name,
      String topic,
      Consumer<ConsumerRecord<?, ?>> seen) {
    this.clients = clients;
    this.recorder = recorder;
    this.name = name;
    this.topic = topic;
    this.seen = seen;
    this.member = join();
  }

  private RecordingConsumer<String, String> join() {
    starts++;
    RecordingConsumer<String, String> joining =
        recorder.consumer(name + "." + starts, clients.member(name, topic + "-group"));
    joining.subscribe(List.of(topic));
    return joining;
  }

  void step() {
    try {
      member.poll(POLL).forEach(seen);
      if (System.nanoTime() - committed > COMMIT_NANOS) {
        committed = System.nanoTime();
        boolean unused = member.commit();
      }
    } catch (TimeoutException e) {
      // What the client asks in the background while a node is away: it asks again.
      committed = System.nanoTime();
    } catch (UnknownMemberIdException | IllegalStateException e) {
      // Kafka's consumer can fail by itself when it is taken out of its group.
      member.close();
      member = join();
    }
  }

  void close() {
    member.close();
  }
}
