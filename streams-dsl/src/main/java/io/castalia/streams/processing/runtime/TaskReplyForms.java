package io.castalia.streams.processing.runtime;

import io.castalia.api.internal.RecordCodec;
import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;
import io.castalia.api.internal.WireTable;
import io.castalia.streams.processing.runtime.TaskReply.StoredEntry;
import io.castalia.streams.processing.runtime.TaskReply.StoredValue;
import io.castalia.streams.processing.runtime.TaskStatus.Condition;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/** The binary forms of what tasks and applications answer. */
final class TaskReplyForms {
  private TaskReplyForms() {}

  static void addTo(WireTable table) {
    addApplications(table);
    addTasks(table);
  }

  private static void addApplications(WireTable table) {
    table
        .row(
            ApplicationReply.TasksListed.class,
            "tasks-1",
            (out, m) -> out.list(m.tasks(), out::string),
            in -> new ApplicationReply.TasksListed(in.list(in::string)))
        .row(ApplicationReply.NotRunning.class, "not-running-1", new ApplicationReply.NotRunning())
        .row(ApplicationReply.Halted.class, "halted-1", new ApplicationReply.Halted());
  }

  private static void addTasks(WireTable table) {
    table
        .row(
            TaskReply.NotTold.class,
            "not-told-1",
            (out, m) -> out.string(m.message()).int16((short) (m.retriable() ? 1 : 0)),
            in -> new TaskReply.NotTold(in.string(), in.int16() == 1))
        .row(
            TaskReply.ShapeTold.class,
            "shape-1",
            (out, m) -> TaskStateCodec.shape(out, m.shape()),
            in -> new TaskReply.ShapeTold(TaskStateCodec.shape(in)))
        .row(
            TaskReply.ValuesTold.class,
            "values-1",
            (out, m) ->
                out.list(
                    m.values(),
                    value -> out.int64(value.time()).int64(value.number()).bytes(value.value())),
            in ->
                new TaskReply.ValuesTold(
                    in.list(() -> new StoredValue(in.int64(), in.int64(), bytes(in)))))
        .row(
            TaskReply.EntriesTold.class,
            "entries-1",
            (out, m) ->
                out.list(m.entries(), entry -> out.bytes(entry.key()).bytes(entry.value()))
                    .bytes(m.next().orElse(null)),
            in ->
                new TaskReply.EntriesTold(
                    in.list(() -> new StoredEntry(bytes(in), bytes(in))),
                    Optional.ofNullable(in.bytes())))
        .row(TaskReply.NoSuchTask.class, "no-such-task-1", new TaskReply.NoSuchTask())
        .row(
            TaskReply.StatusTold.class,
            "status-1",
            (out, m) -> status(out, m.status()),
            in -> new TaskReply.StatusTold(status(in)));
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

  static ByteString bytes(WireInput in) {
    ByteString bytes = in.bytes();
    return bytes == null ? ByteString.emptyByteString() : bytes;
  }
}
