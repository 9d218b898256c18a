package io.castalia.api.internal;

import io.castalia.api.BrokerCommand;
import io.castalia.api.BrokerReply;
import org.apache.pekko.actor.ExtendedActorSystem;

/** Carries {@link BrokerCommand}s and {@link BrokerReply}s between nodes. */
public final class BrokerSerializer extends WireSerializer {
  private static final int IDENTIFIER = 742_001;

  public BrokerSerializer(ExtendedActorSystem system) {
    super(IDENTIFIER, table(new WireRefs(system)));
  }

  private static WireTable table(WireRefs refs) {
    WireTable table = new WireTable("messages of brokers");
    new BrokerCommandForms(refs).addTo(table);
    BrokerReplyForms.addTo(table);
    return table;
  }
}
