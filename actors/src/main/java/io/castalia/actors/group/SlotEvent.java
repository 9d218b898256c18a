package io.castalia.actors.group;

import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;
import java.util.List;
import org.apache.pekko.util.ByteString;

/**
 * What is persisted of a slot in one write: what several of its groups have decided.
 *
 * @param changes those of one group in their order
 */
record SlotEvent(List<Change> changes) implements GroupMessage {
  SlotEvent {
    changes = List.copyOf(changes);
  }

  /**
   * What has happened to one group.
   *
   * @param form the event as it is stored; made once, by whoever decides, so that the size of a
   *     write is known before it begins
   */
  record Change(String groupId, GroupEvent event, ByteString form) {

    static Change of(String groupId, GroupEvent event) {
      WireOutput out = new WireOutput();
      GroupEventCodec.CODEC.write(out, event);
      return new Change(groupId, event, ByteString.fromArrayUnsafe(out.toByteArray()));
    }

    /** The size in a log, in bytes, to within a few. */
    int size() {
      return groupId.length() + form.length();
    }
  }

  long size() {
    return changes.stream().mapToLong(Change::size).sum();
  }

  void write(WireOutput out) {
    out.list(
        changes,
        (to, change) -> {
          to.string(change.groupId());
          to.bytes(change.form());
        });
  }

  static SlotEvent read(WireInput in) {
    return new SlotEvent(in.list(SlotEvent::readChange));
  }

  private static Change readChange(WireInput in) {
    String groupId = in.string();
    ByteString form = in.presentBytes();
    return new Change(
        groupId, GroupEventCodec.CODEC.read(new WireInput(form.toArrayUnsafe())), form);
  }
}
