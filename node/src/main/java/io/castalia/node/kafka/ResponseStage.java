package io.castalia.node.kafka;

import org.apache.pekko.Done;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The last stage before the socket. The next demand means that the kernel has taken what was sent
 * before, so that its memory is free; so the socket must not buffer.
 *
 * <p>Large responses go in parts, so that who reads slowly can be told from who does not read.
 */
final class ResponseStage extends GraphStage<FlowShape<Outgoing, ByteString>> {
  private static final int PART = 512 * 1024;

  private final Inlet<Outgoing> in = Inlet.create("ResponseStage.in");
  private final Outlet<ByteString> out = Outlet.create("ResponseStage.out");

  @Override
  public FlowShape<Outgoing, ByteString> shape() {
    return FlowShape.of(in, out);
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends GraphStageLogic {
    private @Nullable Outgoing sent;
    private ByteString unsent = ByteString.emptyByteString();

    private Logic() {
      super(shape());
      setHandlers(in, out, new Ports());
    }

    private void releaseSent() {
      if (sent != null) {
        sent.released().complete(Done.getInstance());
        sent = null;
      }
    }

    private void sendOn() {
      if (!unsent.isEmpty()) {
        ByteString part = unsent.take(PART);
        unsent = unsent.drop(PART);
        push(out, part);
        return;
      }
      releaseSent();
      if (isClosed(in)) {
        completeStage();
      } else {
        pull(in);
      }
    }

    private final class Ports extends AbstractInOutHandler {
      @Override
      public void onPush() {
        Outgoing next = grab(in);
        sent = next;
        if (next.closes()) {
          completeStage();
        } else {
          unsent = next.bytes();
          sendOn();
        }
      }

      @Override
      public void onPull() {
        sendOn();
      }

      @Override
      public void onUpstreamFinish() {
        if (unsent.isEmpty()) {
          completeStage();
        }
      }
    }

    @Override
    public void postStop() {
      releaseSent();
    }
  }
}
