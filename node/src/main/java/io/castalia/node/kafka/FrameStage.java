package io.castalia.node.kafka;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * Cuts the bytes of a connection into frames: a length of four bytes, then as many bytes. Memory is
 * leased before a frame is gathered; meanwhile nothing is read from the socket. Nothing is read
 * either while nobody asks for a frame.
 *
 * <p>A frame that cannot be, and one that does not arrive in time, end the stream: requests that
 * came before are still answered, then the connection closes.
 */
final class FrameStage extends GraphStage<FlowShape<ByteString, Frame>> {
  final Inlet<ByteString> in = Inlet.create("FrameStage.in");
  final Outlet<Frame> out = Outlet.create("FrameStage.out");
  final FrameMemory memory;
  final FrameSizes sizes;
  final Duration timeout;
  final Refusals refusals;

  /**
   * @param sizes how large frames may be
   * @param timeout how long a frame may take to arrive once there is memory for it
   */
  FrameStage(FrameMemory memory, FrameSizes sizes, Duration timeout, Refusals refusals) {
    this.memory = memory;
    this.sizes = sizes;
    this.timeout = timeout;
    this.refusals = refusals;
  }

  @Override
  public FlowShape<ByteString, Frame> shape() {
    return FlowShape.of(in, out);
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new FrameLogic(this);
  }

  /** The frame that is being gathered. */
  record Partial(ByteBuffer bytes, Runnable release) {}
}
