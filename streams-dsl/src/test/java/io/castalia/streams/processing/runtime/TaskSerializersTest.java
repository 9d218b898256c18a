package io.castalia.streams.processing.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.castalia.api.Header;
import io.castalia.api.OutboundRecord;
import io.castalia.api.internal.WireOutput;
import io.castalia.streams.processing.internal.OutputBatch;
import io.castalia.streams.processing.internal.StateChange;
import io.castalia.streams.processing.internal.StoreContent;
import io.castalia.streams.processing.internal.TaskEvent;
import io.castalia.streams.processing.internal.TaskEvent.Advanced;
import io.castalia.streams.processing.internal.TaskEvent.Delivered;
import io.castalia.streams.processing.internal.TaskEvent.Opened;
import io.castalia.streams.processing.internal.TaskEvent.Paged;
import io.castalia.streams.processing.internal.TaskEvent.PagingBegan;
import io.castalia.streams.processing.internal.TaskShape;
import io.castalia.streams.processing.internal.TaskState;
import io.castalia.streams.processing.internal.Unfinished;
import io.castalia.streams.processing.pages.PageChange;
import io.castalia.streams.processing.pages.PageRef;
import io.castalia.streams.processing.runtime.TaskReply.StoredValue;
import io.castalia.streams.processing.state.StoreKind;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Events, snapshots and messages come back as they were. */
class TaskSerializersTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final TopicPartition IN = new TopicPartition("in", 1);
  private static final TopicPartition OUT = new TopicPartition("out", 2);
  private static final ByteString WORD = ByteString.fromString("word");

  private final TaskEventSerializer events = new TaskEventSerializer();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static Opened opened() {
    TaskShape shape =
        new TaskShape(
            Map.of("in", 2), Map.of("counts", "KEY_VALUE", "windows", "WINDOW for 10 ms"));
    return new Opened(shape, Map.of(IN, 5L), 17, 1_000);
  }

  private static Advanced advanced() {
    Bytes key = Bytes.wrap(new byte[] {1});
    OutboundRecord record =
        new OutboundRecord(WORD, null, 7, List.of(new Header("h", null), new Header("h", WORD)));
    return new Advanced(
        Map.of(IN, 6L),
        new Advanced.Progress(7, 1_000, 3, 1, Optional.empty()),
        List.of(
            new StateChange("counts", key, Bytes.wrap(new byte[] {2, 3}), StateChange.NOTHING),
            new StateChange("counts", Bytes.wrap(new byte[] {9}), null, 4)),
        List.of(new OutputBatch(OUT, 0, List.of(record))),
        Map.of(),
        Map.of("counts: late", 2L));
  }

  private static Unfinished unfinished() {
    return new Unfinished(true, 7, 9, "process-1", Bytes.wrap(new byte[] {4, 5}));
  }

  private static final List<TaskEvent> EVENTS =
      List.of(
          opened(),
          advanced(),
          new Delivered(Map.of(OUT, 1)),
          new PagingBegan(3),
          new Paged(
              "counts",
              true,
              new PageChange(
                  Bytes.wrap(new byte[] {4}),
                  List.of(Bytes.wrap(new byte[0])),
                  List.of(new PageRef(Bytes.wrap(new byte[] {1}), 12))),
              2));

  @Test
  void shouldReadBackEveryEvent() throws NotSerializableException {
    assertThat(EVENTS)
        .extracting(Object::getClass)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.<Class<?>>asList(TaskEvent.class.getPermittedSubclasses()));
    for (TaskEvent event : EVENTS) {
      byte[] bytes = events.toBinary(event);
      assertThat(events.fromBinary(bytes, events.manifest(event))).isEqualTo(event);
    }
  }

  @Test
  void shouldReadBackTheState() throws NotSerializableException {
    TaskState state = TaskState.NONE.after(opened()).after(advanced());

    Object read = events.fromBinary(events.toBinary(state), events.manifest(state));

    assertThat(read).isEqualTo(state);
    assertThat(((TaskState) read).after(new Delivered(Map.of(OUT, 1))).outbox().waiting())
        .isEmpty();
  }

  @Test
  void shouldReadBackWhatIsInTheMiddleOfAMoveOfTime() throws NotSerializableException {
    Advanced event = advanced().unfinished(unfinished());
    TaskState state = TaskState.NONE.after(opened()).after(event);

    assertThat(events.fromBinary(events.toBinary(event), events.manifest(event))).isEqualTo(event);
    assertThat(events.fromBinary(events.toBinary(state), events.manifest(state))).isEqualTo(state);
    assertThat(state.unfinished()).contains(unfinished());
    assertThat(state.after(advanced()).unfinished()).isEmpty();
  }

  @Test
  void shouldReadBackWhatBeganAnew() throws NotSerializableException {
    Opened anew = new Opened(opened().shape(), Map.of(IN, 5L), 17, 1_000, 3);
    TaskState state = TaskState.NONE.after(anew);
    TaskState unfinished = state.after(advanced().unfinished(unfinished()));

    for (Object each : List.of(anew, state, unfinished)) {
      assertThat(events.fromBinary(events.toBinary(each), events.manifest(each))).isEqualTo(each);
    }
    assertThat(unfinished.generation()).isEqualTo(3);
  }

  @Test
  void shouldReadBackAStateOfWhichSomeIsInPages() throws NotSerializableException {
    Bytes first = Bytes.wrap(new byte[0]);
    PageChange inPages = new PageChange(null, List.of(), List.of(new PageRef(first, 0)));
    TaskState state =
        TaskState.NONE
            .after(opened())
            .after(advanced())
            .after(new PagingBegan(0))
            .after(new Paged("counts", false, inPages, 0))
            .after(advanced())
            .after(new PagingBegan(0));

    Object read = events.fromBinary(events.toBinary(state), events.manifest(state));

    assertThat(read).isEqualTo(state);
    assertThat(state.unpaged()).isPresent();
  }

  /** Before there were pages, all of a store was in a snapshot, and events did not say all. */
  @Test
  void shouldReadWhatWasWrittenWhenAllWasInMemory() throws NotSerializableException {
    StoreContent counts =
        StoreContent.of(false, Map.of(Bytes.wrap(new byte[] {1}), Bytes.wrap(new byte[] {2, 3})));
    WireOutput old = new WireOutput();
    TaskStateCodec.shape(old, opened().shape());
    old.int64(17).int32(0).int64(7).int64(1_000).int64(3).int64(1).int32(2);
    old.string("windows").int16((short) 1).int32(0);
    old.string("counts").int16((short) 0).int32(1);
    old.bytes(ByteString.fromArray(new byte[] {1}));
    old.bytes(ByteString.fromArray(new byte[] {2, 3}));
    old.int32(0).int32(0).int32(0).int64(5);

    TaskState read = (TaskState) events.fromBinary(old.toByteArray(), "state-1");

    assertThat(read.stores()).containsEntry("counts", counts);
    TaskEvent event =
        (TaskEvent) events.fromBinary(HexFormat.of().parseHex(ADVANCED_1), "advanced-1");
    assertThat(read.after(event).stores()).containsEntry("counts", counts);
    assertThat(read.after(event).storedBytes()).isEqualTo(3);
  }

  private static final String ADVANCED_1 =
      "0000000100000002696e000000010000000000000006000000000000000700000000000003e80000"
          + "000000000003000000010000000200000006636f756e747300000001010000000202030000000663"
          + "6f756e74730000000109ffffffff00000001000000036f7574000000020000000000000001000000"
          + "04776f7264ffffffff0000000000000007000000020000000168ffffffff00000001680000000477"
          + "6f726400000000000000010000000c636f756e74733a206c6174650000000000000002";

  @Test
  void shouldKeepItsFormat() {
    assertThat(HexFormat.of().formatHex(events.toBinary(advanced())))
        .isEqualTo(
            "0000000100000002696e000000010000000000000006000000000000000700000000000003e80000"
                + "000000000003000000010000000200000006636f756e74730000000101000000020203ffffffff00"
                + "000006636f756e74730000000109ffffffff0000000400000001000000036f757400000002000000"
                + "000000000100000004776f7264ffffffff0000000000000007000000020000000168ffffffff0000"
                + "00016800000004776f726400000000000000010000000c636f756e74733a206c6174650000000000"
                + "000002");
  }

  @Test
  void shouldSayWhatItCannotRead() {
    assertThatThrownBy(() -> events.fromBinary(new byte[3], "advanced-1"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessage("expected \"advanced-1\", but 3 bytes cannot be read as that");
    assertThatThrownBy(() -> events.fromBinary(new byte[3], "other"))
        .hasMessageContaining("expected a manifest of task events, but it was \"other\"");
  }

  @Test
  void shouldReadBackEveryMessage() {
    ActorRef<TaskReply> task = KIT.<TaskReply>createTestProbe().ref();
    ActorRef<ApplicationReply> application = KIT.<ApplicationReply>createTestProbe().ref();
    TaskStatus status =
        new TaskStatus(
            new TaskId(1, 2),
            TaskStatus.Condition.FAILING,
            "why",
            Map.of(IN, 6L),
            7,
            1,
            Map.of("counts: late", 2L),
            99);
    StoreQuestion question = new StoreQuestion.OfKey(StoreKind.WINDOW, "counts", WORD, 3, 1, 2);
    List<TaskMessage> messages =
        List.of(
            new TaskCommand.Wake(),
            new TaskCommand.Stop(),
            new TaskCommand.GetStatus(task),
            new TaskCommand.GetValues(question, task),
            new TaskCommand.GetShape(task),
            new ApplicationCommand.Ask(question, task),
            new ApplicationCommand.ListTasks(application),
            new ApplicationCommand.AskStatus("1_2", task),
            new ApplicationCommand.Halt(application),
            new TaskReply.StatusTold(status),
            new TaskReply.ShapeTold(opened().shape()),
            new TaskReply.ValuesTold(List.of(new StoredValue(1, 2, WORD))),
            new TaskReply.EntriesTold(
                List.of(new TaskReply.StoredEntry(WORD, WORD)), Optional.of(WORD)),
            new TaskReply.NoSuchTask(),
            new TaskReply.NotTold("why", true),
            new ApplicationReply.TasksListed(List.of("0_0", "0_1")),
            new ApplicationReply.NotRunning(),
            new ApplicationReply.Halted());

    assertThat(messages)
        .extracting(Object::getClass)
        .containsExactlyInAnyOrderElementsOf(leaves(TaskMessage.class));
    messages.forEach(message -> KIT.serializationTestKit().verifySerialization(message, true));
    List.of(
            new ApplicationCommand.Ask(new StoreQuestion.OfTask("counts", 2, WORD), task),
            new TaskReply.EntriesTold(List.of(), Optional.empty()))
        .forEach(message -> KIT.serializationTestKit().verifySerialization(message, true));
  }

  private static List<Class<?>> leaves(Class<?> sealed) {
    List<Class<?>> found = new ArrayList<>();
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      if (permitted.isInterface()) {
        found.addAll(leaves(permitted));
      } else {
        found.add(permitted);
      }
    }
    return found;
  }
}
