package io.castalia.node.kafka;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.stream.stage.AbstractInOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.jspecify.annotations.Nullable;

/** The running {@link FrameStage}: waits for a length, then for memory, then for the bytes. */
final class FrameLogic extends TimerGraphStageLogic {
  private static final String TIMEOUT = "frame-timeout";
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final FrameStage stage;
  private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
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
    if (partial == null && !readLength()) {
      return;
    }
    if (partial != null) {
      gather(partial);
    }
  }

  /** Whether a frame has been begun. */
  private boolean readLength() {
    copy(unread, length);
    if (length.hasRemaining()) {
      needMore(length.position() > 0);
      return false;
    }
    int size = length.getInt(0);
    if (size < FrameStage.MIN_SIZE || size > stage.maxSize) {
      refuse(
          "expected a frame of %d to %d bytes, but its length says %d"
              .formatted(FrameStage.MIN_SIZE, stage.maxSize, size));
      return false;
    }
    CompletableFuture<Runnable> memory = stage.memory.acquire(size).toCompletableFuture();
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
    partial = new FrameStage.Partial(ByteBuffer.allocate(length.getInt(0)), release);
    length.clear();
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
