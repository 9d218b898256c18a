package io.castalia.actors.group;

import io.castalia.api.internal.WireRefs;
import io.castalia.api.internal.WireSerializer;
import org.apache.pekko.actor.ExtendedActorSystem;

/** Writes the messages, events and states of groups. */
public final class GroupSerializer extends WireSerializer {
  private static final int IDENTIFIER = 742_020;
  private static final String MANIFEST = "group-1";

  public GroupSerializer(ExtendedActorSystem system) {
    super(
        IDENTIFIER,
        GroupMessageCodec.of(new WireRefs(system)).table("messages of groups", MANIFEST));
  }
}
