package io.castalia.actors.group;

import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.HashMap;
import scala.collection.immutable.HashMap$;
import scala.jdk.javaapi.CollectionConverters;

/** The records of the groups of a slot. Immutable; a change copies next to nothing. */
final class SlotState implements GroupMessage {
  static final SlotState EMPTY = new SlotState(HashMap$.MODULE$.empty(), 0);

  /** Events of this size, in bytes, are worth a snapshot, however few they are. */
  static final long SNAPSHOT_BYTES = 32 << 20;

  private final HashMap<String, GroupRecord> groups;
  private final long eventBytes;

  private SlotState(HashMap<String, GroupRecord> groups, long eventBytes) {
    this.groups = groups;
    this.eventBytes = eventBytes;
  }

  SlotState after(SlotEvent event) {
    HashMap<String, GroupRecord> next = groups;
    for (SlotEvent.Change change : event.changes()) {
      GroupRecord record = next.getOrElse(change.groupId(), () -> GroupRecord.NONE);
      GroupRecord changed = record.after(change.event());
      next =
          changed.exists()
              ? next.updated(change.groupId(), changed)
              : next.removed(change.groupId());
    }
    return new SlotState(next, (isSnapshotDue() ? 0 : eventBytes) + event.size());
  }

  /** Whether a snapshot would spare a recovery much. */
  boolean isSnapshotDue() {
    return eventBytes >= SNAPSHOT_BYTES;
  }

  /** What there is of a group; nothing if there is no such group. */
  GroupRecord record(String groupId) {
    return groups.getOrElse(groupId, () -> GroupRecord.NONE);
  }

  /** A view, in no order. */
  Map<String, GroupRecord> records() {
    return CollectionConverters.asJava(groups);
  }

  void write(WireOutput out) {
    out.list(
        new TreeMap<>(records()).entrySet(),
        (to, group) -> {
          to.string(group.getKey());
          RecordFields.writeRecord(to, group.getValue());
        });
  }

  static SlotState read(WireInput in) {
    HashMap<String, GroupRecord> groups = EMPTY.groups;
    for (int left = in.int32(); left > 0; left--) {
      groups = groups.updated(in.string(), RecordFields.readRecord(in));
    }
    return new SlotState(groups, 0);
  }

  /** How long ago the last snapshot was is no part of what the groups are. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SlotState that && groups.equals(that.groups);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(groups);
  }

  @Override
  public String toString() {
    return groups.toString();
  }
}
