package io.castalia.node.kafka;

import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.ApiKeys;

/**
 * How large frames may be, and how much memory is leased for them. Only Produce carries bulk, and
 * is weighed when it is whole. Any other request is made of small elements, which take many times
 * their bytes once they are parsed and answered.
 *
 * @param produce largest Produce request, bytes
 * @param others largest request of any other kind, bytes
 */
public record FrameSizes(int produce, int others) {
  /** API key, version and correlation id: no request is smaller. */
  static final int MIN = 8;

  /** Memory leased for each byte of a request that is not Produce. */
  static final int EXPANSION = 16;

  int largest() {
    return Math.max(produce, others);
  }

  int largest(short apiKey) {
    return isProduce(apiKey) ? produce : others;
  }

  /** The name of the setting that one of these sizes comes from. */
  String setting(int size) {
    return size == produce ? "max-request-size" : "max-other-request-size";
  }

  /** Bytes to lease for a frame of {@code size} bytes. */
  long memoryFor(short apiKey, int size) {
    return isProduce(apiKey) ? size : (long) size * EXPANSION;
  }

  /**
   * Bytes to lease besides, once a frame is whole and before it is parsed.
   *
   * @throws RuntimeException if the frame is malformed
   */
  static long weightOf(ByteBuffer frame) {
    boolean parsable = ApiKeys.PRODUCE.isVersionSupported(frame.getShort(Short.BYTES));
    return isProduce(frame.getShort(0)) && parsable ? ProduceWeight.of(frame) : 0;
  }

  private static boolean isProduce(short apiKey) {
    return apiKey == ApiKeys.PRODUCE.id;
  }
}
