package io.castalia.node.kafka;

import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.util.ByteString;

/**
 * What becomes of one request on its connection.
 *
 * @param bytes the response with its length; empty where the client gets none
 * @param closes whether the connection closes instead
 * @param released to be completed when the response is out
 */
record Outgoing(ByteString bytes, boolean closes, CompletableFuture<Done> released) {

  static Outgoing response(ByteString bytes, CompletableFuture<Done> released) {
    return new Outgoing(bytes, false, released);
  }

  static Outgoing nothing(CompletableFuture<Done> released) {
    return new Outgoing(ByteString.emptyByteString(), false, released);
  }

  static Outgoing close(CompletableFuture<Done> released) {
    return new Outgoing(ByteString.emptyByteString(), true, released);
  }
}
