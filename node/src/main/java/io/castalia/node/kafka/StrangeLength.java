package io.castalia.node.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What the first bytes of a connection look like that are no length of a frame. */
final class StrangeLength {
  private static final int TLS_HANDSHAKE = 0x1603;
  private static final Set<String> HTTP_METHODS = Set.of("GET ", "HEAD", "POST", "PUT ");

  private StrangeLength() {}

  /** The end of a sentence for operators; empty if the bytes look like nothing known. */
  static String hint(int length) {
    if (length >>> Short.SIZE == TLS_HANDSHAKE) {
      return "; that is how TLS begins, which is not spoken here (security.protocol of the client)";
    }
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(length).array();
    if (HTTP_METHODS.contains(new String(bytes, StandardCharsets.ISO_8859_1))) {
      return "; that is how HTTP begins, which is not spoken here (castalia.admin.port)";
    }
    return "";
  }
}
