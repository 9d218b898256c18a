package io.castalia.bench.groups;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.function.Consumer;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;

/** A connection of one client: requests go out as they come, answers come in the same order. */
final class WireConnection {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Owner owner;
  private final Queue<Pending> pending = new ArrayDeque<>();
  private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
  private ByteBuffer begun = NOTHING;
  private int lastCorrelationId;

  private record Pending(RequestHeader header, Consumer<AbstractResponse> onResponse) {}

  /** Whose connection it is. */
  interface Owner {
    /** The name that the server is told. */
    String clientId();

    void opened();

    /** The other side has closed it, or it could not be opened; what is unanswered stays so. */
    void lost(IOException reason);
  }

  WireConnection(SocketChannel channel, SelectionKey key, Owner owner) {
    this.channel = channel;
    this.key = key;
    this.owner = owner;
  }

  /** Sends a request; the answer is passed on in a later turn. */
  void send(AbstractRequest request, Consumer<AbstractResponse> onResponse) {
    lastCorrelationId++;
    RequestHeader header =
        new RequestHeader(request.apiKey(), request.version(), owner.clientId(), lastCorrelationId);
    pending.add(new Pending(header, onResponse));
    ByteBuffer body = request.serializeWithHeader(header);
    ByteBuffer[] frame = {ByteBuffer.allocate(Integer.BYTES).putInt(0, body.remaining()), body};
    try {
      if (unsent.isEmpty()) {
        channel.write(frame);
      }
      for (ByteBuffer part : frame) {
        if (part.hasRemaining()) {
          unsent.add(part);
          key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
      }
    } catch (IOException e) {
      lose(e);
    }
  }

  /** How many requests have no answer. */
  int unanswered() {
    return pending.size();
  }

  void close() {
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException("expected to close a socket", e);
    }
  }

  /**
   * Does what the selector says is possible.
   *
   * @param input where bytes are received, for all connections of the loop
   */
  void ready(ByteBuffer input) {
    try {
      if (key.isConnectable()) {
        channel.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
        owner.opened();
      }
      if (key.isValid() && key.isWritable()) {
        flush();
      }
      if (key.isValid() && key.isReadable()) {
        receive(input);
      }
    } catch (IOException e) {
      lose(e);
    }
  }

  private void flush() throws IOException {
    while (!unsent.isEmpty()) {
      channel.write(unsent.element());
      if (unsent.element().hasRemaining()) {
        return;
      }
      unsent.remove();
    }
    key.interestOps(SelectionKey.OP_READ);
  }

  private void receive(ByteBuffer input) throws IOException {
    input.clear();
    input.put(begun);
    begun = NOTHING;
    if (channel.read(input) < 0) {
      throw new EOFException("the server closed the connection");
    }
    input.flip();
    while (input.remaining() >= Integer.BYTES && holdsFrame(input)) {
      int size = input.getInt();
      ByteBuffer frame = input.slice(input.position(), size);
      input.position(input.position() + size);
      answer(frame);
    }
    if (input.hasRemaining()) {
      begun = ByteBuffer.allocate(input.remaining()).put(input).flip();
    }
  }

  private static boolean holdsFrame(ByteBuffer input) throws IOException {
    int size = input.getInt(input.position());
    if (size > input.capacity() - Integer.BYTES) {
      throw new IOException("expected a smaller response, but it has " + size + " bytes");
    }
    return input.remaining() - Integer.BYTES >= size;
  }

  private void answer(ByteBuffer frame) {
    Pending first = pending.remove();
    first.onResponse().accept(AbstractResponse.parseResponse(frame, first.header()));
  }

  private void lose(IOException reason) {
    close();
    owner.lost(reason);
  }
}
