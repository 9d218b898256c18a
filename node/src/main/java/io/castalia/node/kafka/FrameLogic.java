package io.castalia.node.kafka;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.stream.stage.AbstractInOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.jspecify.annotations.Nullable;

/**
 * The running {@link FrameStage}: waits for a length and an API key, then for memory, then for the
 * rest, then for the memory to parse it.
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
    if (partial == null) {
      readHead();
    } else {
      gather(partial);
    }
  }

  private void readHead() {
    copy(unread, head);
    if (head.position() >= Integer.BYTES && !isPossible(head.getInt(0), stage.sizes.largest())) {
      return;
    }
    if (head.hasRemaining()) {
      needMore(head.position() > 0);
      return;
    }
    int size = head.getInt(0);
    short apiKey = head.getShort(Integer.BYTES);
    if (isPossible(size, stage.sizes.largest(apiKey))) {
      whenGranted(stage.memory.acquire(stage.sizes.memoryFor(apiKey, size)), this::begin);
    }
  }

  private boolean isPossible(int size, int largest) {
    if (size >= FrameSizes.MIN && size <= largest) {
      return true;
    }
    refuse(
        "expected a frame of %d to %d bytes (castalia.kafka.%s), but its length says %d%s"
            .formatted(
                FrameSizes.MIN,
                largest,
                stage.sizes.setting(largest),
                size,
                StrangeLength.hint(size)));
    return false;
  }

  /** Goes on with what gives the memory back; until then nothing is read. */
  private void whenGranted(CompletionStage<Runnable> memory, Consumer<Runnable> next) {
    CompletableFuture<Runnable> lease = memory.toCompletableFuture();
    if (lease.isDone()) {
      next.accept(lease.join());
    } else {
      waiting =
          lease.whenComplete((release, failure) -> granted.invoke(() -> next.accept(release)));
    }
  }

  private void onGranted(Runnable next) {
    waiting = null;
    next.run();
  }

  private void begin(Runnable release) {
    ByteBuffer bytes = ByteBuffer.allocate(head.getInt(0));
    bytes.putShort(head.getShort(Integer.BYTES));
    head.clear();
    partial = new FrameStage.Partial(bytes, release);
    gather(partial);
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
    weigh(frame);
  }

  private void weigh(FrameStage.Partial frame) {
    long weight;
    try {
      weight = FrameSizes.weightOf(frame.bytes());
    } catch (RuntimeException e) {
      refuse("malformed PRODUCE request: " + e);
      return;
    }
    if (weight > stage.memory.largestParsed()) {
      refuse(
          "expected topics and partitions that take at most %d bytes when parsed, but it was %d"
              .formatted(stage.memory.largestParsed(), weight));
      return;
    }
    whenGranted(stage.memory.acquireParsed(weight), release -> deliver(frame, release));
  }

  private void deliver(FrameStage.Partial frame, Runnable parsed) {
    partial = null;
    push(
        stage.out,
        new Frame(
            frame.bytes().flip(),
            () -> {
              parsed.run();
              frame.release().run();
            }));
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
