package io.castalia.bench.churn;

import io.castalia.bench.load.Load;
import io.castalia.bench.load.Partitions;
import io.castalia.bench.load.Threads;
import io.castalia.testkit.group.GroupEvent.ReadBegun;
import io.castalia.testkit.group.GroupEvent.ReadEnded;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Looks at a group's committed offsets again and again, as an operator's tool does, in a thread of
 * its own.
 */
final class CommitWatcher implements AutoCloseable {

  private static final String NAME = "operator";
  private static final long EVERY_MS = 500;

  private final Admin admin;
  private final String group;
  private final Recorder recorder;
  private final Map<TopicPartition, OffsetSpec> ends;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean everything;

  /** Starts at once. */
  CommitWatcher(String bootstrap, Load load, String group, Recorder recorder) {
    this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
    this.group = group;
    this.recorder = recorder;
    this.ends =
        Partitions.of(load).stream()
            .collect(Collectors.toMap(Function.identity(), unused -> OffsetSpec.latest()));
    this.thread = new Thread(this::watch, "commit-watcher");
    thread.start();
  }

  private void watch() {
    try {
      do {
        lookUnlessAway();
      } while (!closing.await(EVERY_MS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      recorder.failed("the committed offsets could not be read: " + e.getCause());
    }
  }

  /** A broker that was killed may be away for longer than an operator's tool is patient. */
  private void lookUnlessAway() throws ExecutionException, InterruptedException {
    try {
      look();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof RetriableException)) {
        throw e;
      }
    }
  }

  private void look() throws ExecutionException, InterruptedException {
    Map<String, Long> wanted = new HashMap<>();
    for (var end : admin.listOffsets(ends).all().get().entrySet()) {
      if (end.getValue().offset() > 0) {
        wanted.put(end.getKey().toString(), end.getValue().offset());
      }
    }
    recorder.note(new ReadBegun(NAME));
    Map<String, Long> offsets = new HashMap<>();
    for (Map.Entry<TopicPartition, OffsetAndMetadata> each :
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet()) {
      offsets.put(each.getKey().toString(), each.getValue().offset());
    }
    recorder.note(new ReadEnded(NAME, offsets));
    everything = offsets.equals(wanted);
  }

  /** Whether the last look found everything committed that was in the log then. */
  boolean hasSeenEverythingCommitted() {
    return everything;
  }

  @Override
  public void close() {
    closing.countDown();
    Threads.join(thread);
    admin.close();
  }
}
