package io.castalia.streams.processing.runtime;

import io.castalia.api.internal.RecordCodec;
import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;
import io.castalia.streams.processing.runtime.TaskReply.StoredEntry;
import io.castalia.streams.processing.runtime.TaskReply.StoredValue;
import io.castalia.streams.processing.runtime.TaskStatus.Condition;
import io.castalia.streams.processing.state.StoreKind;
import java.io.NotSerializableException;
import java.nio.BufferUnderflowException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.apache.pekko.util.ByteString;

/** Carries {@link TaskMessage}s between nodes: one row per message, with its version's manifest. */
final class TaskMessageSerializer extends SerializerWithStringManifest {
  static final int IDENTIFIER = 744_002;
  private static final short OF_KEY = 0;
  private static final short OF_TASK = 1;

  private record Row<T>(
      String manifest, BiConsumer<WireOutput, T> write, Function<WireInput, T> read) {
    byte[] encode(Object message, Class<T> type) {
      WireOutput out = new WireOutput();
      write.accept(out, type.cast(message));
      return out.toByteArray();
    }
  }

  private record Encoder<T>(Class<T> type, Row<T> row) {
    byte[] encode(Object message) {
      return row.encode(message, type);
    }
  }

  private final Map<Class<?>, Encoder<?>> byClass = new HashMap<>();
  private final Map<String, Row<?>> byManifest = new HashMap<>();
  private final ActorRefResolver refs;

  TaskMessageSerializer(ExtendedActorSystem system) {
    this.refs = ActorRefResolver.get(Adapter.toTyped(system));
    toTasks();
    toApplications();
    replies();
  }

  private <T> void row(
      Class<T> type,
      String manifest,
      BiConsumer<WireOutput, T> write,
      Function<WireInput, T> read) {
    Row<T> row = new Row<>(manifest, write, read);
    byClass.put(type, new Encoder<>(type, row));
    byManifest.put(manifest, row);
  }

  private void toTasks() {
    row(TaskCommand.Wake.class, "wake-1", (out, m) -> {}, in -> new TaskCommand.Wake());
    row(TaskCommand.Stop.class, "stop-1", (out, m) -> {}, in -> new TaskCommand.Stop());
    row(
        TaskCommand.GetStatus.class,
        "get-status-1",
        (out, m) -> out.string(name(m.replyTo())),
        in -> new TaskCommand.GetStatus(ref(in)));
    row(
        TaskCommand.GetShape.class,
        "get-shape-1",
        (out, m) -> out.string(name(m.replyTo())),
        in -> new TaskCommand.GetShape(ref(in)));
    row(
        TaskCommand.GetValues.class,
        "get-values-2",
        (out, m) -> question(out, m.question()).string(name(m.replyTo())),
        in -> new TaskCommand.GetValues(question(in), ref(in)));
  }

  private void toApplications() {
    row(
        ApplicationCommand.Ask.class,
        "ask-2",
        (out, m) -> question(out, m.question()).string(name(m.replyTo())),
        in -> new ApplicationCommand.Ask(question(in), ref(in)));
    row(
        ApplicationCommand.ListTasks.class,
        "list-tasks-1",
        (out, m) -> out.string(name(m.replyTo())),
        in -> new ApplicationCommand.ListTasks(ref(in)));
    row(
        ApplicationCommand.AskStatus.class,
        "ask-status-1",
        (out, m) -> out.string(m.task()).string(name(m.replyTo())),
        in -> new ApplicationCommand.AskStatus(in.string(), ref(in)));
    row(
        ApplicationCommand.Halt.class,
        "halt-1",
        (out, m) -> out.string(name(m.replyTo())),
        in -> new ApplicationCommand.Halt(ref(in)));
  }

  private void replies() {
    row(
        ApplicationReply.TasksListed.class,
        "tasks-1",
        (out, m) -> out.list(m.tasks(), out::string),
        in -> new ApplicationReply.TasksListed(in.list(in::string)));
    row(
        ApplicationReply.NotRunning.class,
        "not-running-1",
        (out, m) -> {},
        in -> new ApplicationReply.NotRunning());
    row(
        ApplicationReply.Halted.class,
        "halted-1",
        (out, m) -> {},
        in -> new ApplicationReply.Halted());
    row(
        TaskReply.NotTold.class,
        "not-told-1",
        (out, m) -> out.string(m.message()).int16((short) (m.retriable() ? 1 : 0)),
        in -> new TaskReply.NotTold(in.string(), in.int16() == 1));
    row(
        TaskReply.ShapeTold.class,
        "shape-1",
        (out, m) -> TaskStateCodec.shape(out, m.shape()),
        in -> new TaskReply.ShapeTold(TaskStateCodec.shape(in)));
    row(
        TaskReply.ValuesTold.class,
        "values-1",
        (out, m) ->
            out.list(
                m.values(),
                value -> out.int64(value.time()).int64(value.number()).bytes(value.value())),
        in ->
            new TaskReply.ValuesTold(
                in.list(() -> new StoredValue(in.int64(), in.int64(), bytes(in)))));
    row(
        TaskReply.EntriesTold.class,
        "entries-1",
        (out, m) ->
            out.list(m.entries(), entry -> out.bytes(entry.key()).bytes(entry.value()))
                .bytes(m.next().orElse(null)),
        in ->
            new TaskReply.EntriesTold(
                in.list(() -> new StoredEntry(bytes(in), bytes(in))),
                Optional.ofNullable(in.bytes())));
    row(
        TaskReply.NoSuchTask.class,
        "no-such-task-1",
        (out, m) -> {},
        in -> new TaskReply.NoSuchTask());
    row(
        TaskReply.StatusTold.class,
        "status-1",
        (out, m) -> status(out, m.status()),
        in -> new TaskReply.StatusTold(status(in)));
  }

  private static WireOutput question(WireOutput out, StoreQuestion question) {
    if (question instanceof StoreQuestion.OfKey ofKey) {
      return out.int16(OF_KEY)
          .string(ofKey.kind().name())
          .string(ofKey.store())
          .bytes(ofKey.key())
          .int32(ofKey.partitionBytes())
          .int64(ofKey.from())
          .int64(ofKey.to());
    }
    StoreQuestion.OfTask ofTask = (StoreQuestion.OfTask) question;
    return out.int16(OF_TASK).string(ofTask.store()).int32(ofTask.number()).bytes(ofTask.from());
  }

  private static StoreQuestion question(WireInput in) {
    return in.int16() == OF_KEY
        ? new StoreQuestion.OfKey(
            StoreKind.valueOf(in.string()),
            in.string(),
            bytes(in),
            in.int32(),
            in.int64(),
            in.int64())
        : new StoreQuestion.OfTask(in.string(), in.int32(), bytes(in));
  }

  private static void status(WireOutput out, TaskStatus status) {
    out.string(status.task().toString());
    out.string(status.condition().name()).string(status.message());
    TaskStateCodec.map(out, status.offsets(), each -> RecordCodec.partition(out, each), out::int64);
    out.int64(status.watermark()).int64(status.records());
    TaskStateCodec.map(out, status.drops(), out::string, out::int64);
    out.int64(status.storedBytes());
  }

  private static TaskStatus status(WireInput in) {
    return new TaskStatus(
        TaskId.parse(in.string()),
        Condition.valueOf(in.string()),
        in.string(),
        TaskStateCodec.map(in, () -> RecordCodec.partition(in), in::int64),
        in.int64(),
        in.int64(),
        TaskStateCodec.map(in, in::string, in::int64),
        in.int64());
  }

  private static ByteString bytes(WireInput in) {
    ByteString bytes = in.bytes();
    return bytes == null ? ByteString.emptyByteString() : bytes;
  }

  private String name(ActorRef<?> ref) {
    return refs.toSerializationFormat(ref);
  }

  private <T> ActorRef<T> ref(WireInput in) {
    return refs.resolveActorRef(in.string());
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object message) {
    return encoder(message).row().manifest();
  }

  @Override
  public byte[] toBinary(Object message) {
    return encoder(message).encode(message);
  }

  private Encoder<?> encoder(Object message) {
    Encoder<?> encoder = byClass.get(message.getClass());
    if (encoder == null) {
      throw new IllegalArgumentException(
          "expected a message of processing, but it was " + message.getClass());
    }
    return encoder;
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    Row<?> row = byManifest.get(manifest);
    if (row == null) {
      throw new NotSerializableException(
          "expected a manifest of processing, but it was \"%s\"".formatted(manifest));
    }
    try {
      return row.read().apply(new WireInput(bytes));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      NotSerializableException unreadable =
          new NotSerializableException(
              "expected \"%s\", but %d bytes cannot be read as that"
                  .formatted(manifest, bytes.length));
      unreadable.initCause(e);
      throw unreadable;
    }
  }
}
