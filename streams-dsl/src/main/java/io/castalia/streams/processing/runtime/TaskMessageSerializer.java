package io.castalia.streams.processing.runtime;

import io.castalia.api.internal.WireRefs;
import io.castalia.api.internal.WireSerializer;
import io.castalia.api.internal.WireTable;
import org.apache.pekko.actor.ExtendedActorSystem;

/** Carries {@link TaskMessage}s between nodes. */
final class TaskMessageSerializer extends WireSerializer {
  static final int IDENTIFIER = 744_002;

  TaskMessageSerializer(ExtendedActorSystem system) {
    super(IDENTIFIER, table(new WireRefs(system)));
  }

  private static WireTable table(WireRefs refs) {
    WireTable table = new WireTable("messages of processing");
    new TaskMessageForms(refs).addTo(table);
    TaskReplyForms.addTo(table);
    return table;
  }
}
