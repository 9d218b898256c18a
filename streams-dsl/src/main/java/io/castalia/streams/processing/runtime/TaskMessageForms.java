package io.castalia.streams.processing.runtime;

import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;
import io.castalia.api.internal.WireRefs;
import io.castalia.api.internal.WireTable;
import io.castalia.streams.processing.state.StoreKind;

/** The binary forms of what tasks and applications are asked and told to do, the asker last. */
final class TaskMessageForms {
  private static final short OF_KEY = 0;
  private static final short OF_TASK = 1;

  private final WireRefs refs;

  TaskMessageForms(WireRefs refs) {
    this.refs = refs;
  }

  void addTo(WireTable table) {
    addTasks(table);
    addApplications(table);
  }

  private void addTasks(WireTable table) {
    table
        .row(TaskCommand.Wake.class, "wake-1", new TaskCommand.Wake())
        .row(TaskCommand.Stop.class, "stop-1", new TaskCommand.Stop())
        .row(
            TaskCommand.GetStatus.class,
            "get-status-1",
            (out, m) -> refs.write(out, m.replyTo()),
            in -> new TaskCommand.GetStatus(refs.read(in)))
        .row(
            TaskCommand.GetShape.class,
            "get-shape-1",
            (out, m) -> refs.write(out, m.replyTo()),
            in -> new TaskCommand.GetShape(refs.read(in)))
        .row(
            TaskCommand.GetValues.class,
            "get-values-2",
            (out, m) -> refs.write(question(out, m.question()), m.replyTo()),
            in -> new TaskCommand.GetValues(question(in), refs.read(in)));
  }

  private void addApplications(WireTable table) {
    table
        .row(
            ApplicationCommand.Ask.class,
            "ask-2",
            (out, m) -> refs.write(question(out, m.question()), m.replyTo()),
            in -> new ApplicationCommand.Ask(question(in), refs.read(in)))
        .row(
            ApplicationCommand.ListTasks.class,
            "list-tasks-1",
            (out, m) -> refs.write(out, m.replyTo()),
            in -> new ApplicationCommand.ListTasks(refs.read(in)))
        .row(
            ApplicationCommand.AskStatus.class,
            "ask-status-1",
            (out, m) -> refs.write(out.string(m.task()), m.replyTo()),
            in -> new ApplicationCommand.AskStatus(in.string(), refs.read(in)))
        .row(
            ApplicationCommand.Halt.class,
            "halt-1",
            (out, m) -> refs.write(out, m.replyTo()),
            in -> new ApplicationCommand.Halt(refs.read(in)));
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
            TaskReplyForms.bytes(in),
            in.int32(),
            in.int64(),
            in.int64())
        : new StoreQuestion.OfTask(in.string(), in.int32(), TaskReplyForms.bytes(in));
  }
}
