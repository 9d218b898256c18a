package io.castalia.node.kafka;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.pekko.Done;

/**
 * What a handler may know about a request besides its body.
 *
 * @param header the request's header: version, correlation id, client id
 * @param connectionId unique among the connections of this node since it started
 * @param client the other end of the connection
 * @param released completes when the response has been written to the socket, or never will be;
 *     memory held for the response may then go
 */
public record RequestContext(
    RequestHeader header,
    String connectionId,
    InetSocketAddress client,
    CompletionStage<Done> released) {

  public short version() {
    return header.apiVersion();
  }
}
