package io.castalia.node.kafka;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.stream.stage.AbstractInOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.jspecify.annotations.Nullable;

/**
 * The running {@link FrameStage}: waits for a length and an API key, then for memory, then for the
 * rest.
 */
final class FrameLogic extends TimerGraphStageLogic {
  private static final String TIMEOUT = "frame-timeout";
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final FrameStage stage;

  /** The frame's length and API key. */
  private final ByteBuffer head = ByteBuffer.allocate(Integer.BYTES + Short.BYTES);

  private final AsyncCallback<Runnable> granted;

  /** The rest of the last bytes received; we ask for more only when it is used up. */
  private ByteBuffer unread = NOTHING;

  private @Nullable CompletableFuture<Runnable> waiting;
  private FrameStage.@Nullable Partial partial;

  FrameLogic(FrameStage stage) {
    super(stage.shape());
    this.stage = stage;
    this.granted = createAsyncCallback(this::onGranted);
    setHandlers(stage.in, stage.out, new Ports());
  }

  private final class Ports extends AbstractInOutHandler {
    @Override
    public void onPush() {
      unread = grab(stage.in).asByteBuffer();
      advance();
    }

    @Override
    public void onPull() {
      advance();
    }

    @Override
    public void onUpstreamFinish() {
      if (isAvailable(stage.out)) {
        advance();
      }
    }
  }

  /** Goes on as far as the bytes at hand reach. Called only while a frame is asked for. */
  private void advance() {
    if (waiting != null) {
      return;
    }
    if (partial == null && !readHead()) {
      return;
    }
    if (partial != null) {
      gather(partial);
    }
  }

  /** Whether a frame has been begun. */
  private boolean readHead() {
    copy(unread, head);
    if (head.position() >= Integer.BYTES && !isPossible(head.getInt(0), stage.sizes.largest())) {
      return false;
    }
    if (head.hasRemaining()) {
      needMore(head.position() > 0);
      return false;
    }
    int size = head.getInt(0);
    short apiKey = head.getShort(Integer.BYTES);
    return isPossible(size, stage.sizes.largest(apiKey)) && hasMemory(apiKey, size);
  }

  private boolean isPossible(int size, int largest) {
    if (size >= FrameSizes.MIN && size <= largest) {
      return true;
    }
    refuse(
        "expected a frame of %d to %d bytes, but its length says %d"
            .formatted(FrameSizes.MIN, largest, size));
    return false;
  }

  /** Whether the frame has been begun; if not, it will be when there is memory. */
  private boolean hasMemory(short apiKey, int size) {
    long bytes = stage.sizes.memoryFor(apiKey, size);
    CompletableFuture<Runnable> memory = stage.memory.acquire(bytes).toCompletableFuture();
    if (memory.isDone()) {
      begin(memory.join());
      return true;
    }
    waiting = memory.whenComplete((release, failure) -> granted.invoke(release));
    return false;
  }

  private void onGranted(Runnable release) {
    waiting = null;
    begin(release);
    advance();
  }

  private void begin(Runnable release) {
    ByteBuffer bytes = ByteBuffer.allocate(head.getInt(0));
    bytes.putShort(head.getShort(Integer.BYTES));
    partial = new FrameStage.Partial(bytes, release);
    head.clear();
  }

  private void gather(FrameStage.Partial frame) {
    copy(unread, frame.bytes());
    if (frame.bytes().hasRemaining()) {
      if (!isTimerActive(TIMEOUT)) {
        scheduleOnce(TIMEOUT, stage.timeout);
      }
      needMore(true);
      return;
    }
    cancelTimer(TIMEOUT);
    partial = null;
    push(stage.out, new Frame(frame.bytes().flip(), frame.release()));
  }

  private void needMore(boolean inFrame) {
    if (!isClosed(stage.in)) {
      if (!hasBeenPulled(stage.in)) {
        pull(stage.in);
      }
      return;
    }
    if (inFrame) {
      stage.refusals.closing("it ended within a frame");
    }
    completeStage();
  }

  private static void copy(ByteBuffer from, ByteBuffer to) {
    int count = Math.min(from.remaining(), to.remaining());
    to.put(to.position(), from, from.position(), count);
    to.position(to.position() + count);
    from.position(from.position() + count);
  }

  @Override
  public void onTimer(Object key) {
    refuse("expected a whole frame within " + stage.timeout + ", but it did not arrive");
  }

  private void refuse(String reason) {
    stage.refusals.closing(reason);
    completeStage();
  }

  @Override
  public void postStop() {
    if (partial != null) {
      partial.release().run();
    }
    if (waiting != null) {
      var unused = waiting.thenAccept(Runnable::run);
    }
  }
}
