package io.castalia.actors.group;

import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.util.ByteString;

/**
 * The answer with a member's assignment.
 *
 * @param assignment opaque; empty when refused
 */
public record SyncReply(
    Errors error, Optional<String> protocolType, Optional<String> protocol, ByteString assignment)
    implements GroupReply {

  public static SyncReply refused(Errors error) {
    return new SyncReply(error, Optional.empty(), Optional.empty(), ByteString.emptyByteString());
  }
}
