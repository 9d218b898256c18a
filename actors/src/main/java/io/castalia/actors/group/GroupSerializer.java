package io.castalia.actors.group;

import io.castalia.actors.message.UnionSerializer;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/** Writes the messages, events and states of groups. */
public final class GroupSerializer extends UnionSerializer<GroupMessage> {
  private static final int IDENTIFIER = 742_020;
  private static final String MANIFEST = "group-1";

  public GroupSerializer(ExtendedActorSystem system) {
    super(
        IDENTIFIER,
        MANIFEST,
        GroupMessage.class,
        GroupMessageCodec.of(ActorRefResolver.get(Adapter.toTyped(system))));
  }
}
