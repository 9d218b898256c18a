package io.castalia.streams.processing.runtime;

import io.castalia.api.OutboundRecord;
import io.castalia.streams.processing.ErrorPolicy;
import io.castalia.streams.processing.internal.Batch;
import io.castalia.streams.processing.internal.OutputBatch;
import io.castalia.streams.processing.internal.Paging.Unpaged;
import io.castalia.streams.processing.internal.SourceRecord;
import io.castalia.streams.processing.internal.StoreContent;
import io.castalia.streams.processing.internal.StoreViews;
import io.castalia.streams.processing.internal.SubTopology;
import io.castalia.streams.processing.internal.TaskEvent;
import io.castalia.streams.processing.internal.TaskEvent.Advanced;
import io.castalia.streams.processing.internal.TaskEvent.Delivered;
import io.castalia.streams.processing.internal.TaskEvent.Opened;
import io.castalia.streams.processing.internal.TaskEvent.Paged;
import io.castalia.streams.processing.internal.TaskEvent.PagingBegan;
import io.castalia.streams.processing.internal.TaskMachine;
import io.castalia.streams.processing.internal.TaskPlace;
import io.castalia.streams.processing.internal.TaskState;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.util.ByteString;

/** A task on a journal, a snapshot and pages that outlive it; without the actors around it. */
final class PagedTask {
  private static final TaskEventSerializer BYTES = new TaskEventSerializer();
  private static final int BATCH = 100;
  private static final long BATCH_BYTES = 64 * 1024;

  final SubTopology topology;
  final Disk disk;
  final PageCache cache;
  final long maxChanges;
  private final PageWork work;
  private final TaskMachine machine;
  private int deleted;
  TaskState state;
  long mostResident;

  /** What is left of a task that ends. */
  static final class Disk {
    final MapPages pages = new MapPages();
    final List<Stored> events = new ArrayList<>();
    final List<Advanced> outputs = new ArrayList<>();
    Stored snapshot = Stored.of(TaskState.NONE);

    /** All that was published, by partition. */
    Map<TopicPartition, List<OutboundRecord>> published() {
      Map<TopicPartition, List<OutboundRecord>> all = new HashMap<>();
      for (Advanced event : outputs) {
        for (OutputBatch batch : event.outputs()) {
          all.computeIfAbsent(batch.partition(), partition -> new ArrayList<>())
              .addAll(batch.records());
        }
      }
      return all;
    }
  }

  record Stored(ByteString bytes, String manifest) {
    static Stored of(Object object) {
      return new Stored(ByteString.fromArrayUnsafe(BYTES.toBinary(object)), BYTES.manifest(object));
    }

    Object read() {
      try {
        return BYTES.fromBinary(bytes.toArray(), manifest);
      } catch (NotSerializableException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Goes on with what is on the disk, or begins. */
  PagedTask(SubTopology topology, Disk disk, long maxCache, long maxChanges) {
    this.topology = topology;
    this.disk = disk;
    this.maxChanges = maxChanges;
    this.cache = new PageCache(disk.pages, maxCache);
    this.work = new PageWork(disk.pages, cache);
    TaskPlace place = new TaskPlace("app", 0, topic -> 1);
    this.machine = new TaskMachine(topology, place, ErrorPolicy.skip(), cache);
    this.state = (TaskState) disk.snapshot.read();
    disk.events.forEach(event -> state = state.after((TaskEvent) event.read()));
    if (!state.isOpen()) {
      journal(
          new Opened(
              topology.shape("app", topic -> 1), Map.of(new TopicPartition("in", 0), 0L), 1, 0));
    } else if (state.unpaged().isPresent()) {
      journal(new PagingBegan(0));
    }
  }

  void journal(TaskEvent event) {
    disk.events.add(Stored.of(event));
    state = state.after(event);
    if (state.isSnapshotDue()) {
      snapshot();
    }
    mostResident = Math.max(mostResident, state.residentBytes() + cache.residentBytes());
  }

  void snapshot() {
    disk.snapshot = Stored.of(state);
    disk.events.clear();
  }

  void process(List<SourceRecord> records) {
    Iterator<SourceRecord> left = records.iterator();
    while (left.hasNext() || state.unfinished().isPresent()) {
      step(left);
    }
  }

  /** Does what becomes one journal entry. */
  void step(Iterator<SourceRecord> records) {
    Advanced event = batch(records).toEvent(Map.of());
    disk.outputs.add(event);
    journal(event);
    Map<TopicPartition, Integer> sent = new HashMap<>();
    for (OutputBatch output : event.outputs()) {
      sent.merge(output.partition(), 1, Integer::sum);
    }
    journal(new Delivered(sent));
    if (state.activeBytes() >= maxChanges) {
      page();
    }
  }

  /** The same work, of which nothing is journaled. */
  Batch batch(Iterator<SourceRecord> records) {
    Batch batch = machine.begin(state);
    while ((batch.isUnfinished() || records.hasNext())
        && batch.records() < BATCH
        && batch.bytes() < BATCH_BYTES) {
      if (batch.isUnfinished()) {
        machine.advance(batch, 0);
      } else {
        machine.process(batch, records.next(), 0);
      }
    }
    return batch;
  }

  /** Works all changes into pages. */
  void page() {
    if (state.unpaged().isEmpty()) {
      journal(new PagingBegan(deleted));
      deleted = 0;
    }
    while (state.unpaged().isPresent()) {
      portion();
    }
  }

  void portion() {
    Paged written = write();
    journal(new Paged(written.store(), written.ofTimes(), written.change(), deleted));
    deleted = work.delete(state.paging().superseded());
  }

  /** Writes pages of which nobody is told. */
  Paged write() {
    Optional<Unpaged> unpaged = state.unpaged();
    return work.write(unpaged.orElseThrow(), state.paging().nextPage());
  }

  StoreViews views() {
    return new StoreViews(topology, state, cache);
  }

  /** The pages that the state names. */
  Set<Long> named() {
    Set<Long> numbers = new HashSet<>();
    for (StoreContent content : state.stores().values()) {
      content.byKey().refs().forEach(ref -> numbers.addAll(ref.numbers()));
      content.byTime().refs().forEach(ref -> numbers.addAll(ref.numbers()));
    }
    return numbers;
  }
}
