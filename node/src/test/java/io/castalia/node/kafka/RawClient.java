package io.castalia.node.kafka;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ApiVersionsResponse;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.common.requests.RequestHeader;

/** A client that says exactly what it is told to. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private int correlationId;

  RawClient(int port) throws IOException {
    this(port, 0);
  }

  /**
   * @param receiveBuffer bytes that the socket takes without being read; 0 for the system's default
   */
  RawClient(int port, int receiveBuffer) throws IOException {
    socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
  }

  /** Sends a request; its header is needed to read the answer. */
  RequestHeader send(AbstractRequest request) throws IOException {
    RequestHeader header =
        new RequestHeader(request.apiKey(), request.version(), "raw", ++correlationId);
    sendFrame(bytes(request.serializeWithHeader(header)));
    return header;
  }

  <T extends AbstractResponse> T receive(RequestHeader header, Class<T> type) throws IOException {
    return type.cast(AbstractResponse.parseResponse(ByteBuffer.wrap(receiveFrame()), header));
  }

  <T extends AbstractResponse> T call(AbstractRequest request, Class<T> type) throws IOException {
    return receive(send(request), type);
  }

  /** Produces a record, and waits for its acknowledgement. */
  Produced produce(String topic, int partition, String value) throws IOException {
    return receiveProduced(send(Requests.produce(topic, partition, value)));
  }

  Produced receiveProduced(RequestHeader header) throws IOException {
    return Produced.of(receive(header, ProduceResponse.class));
  }

  /** Whether a request of it is answered as it should be. */
  boolean isServed() throws IOException {
    return call(Requests.apiVersions(), ApiVersionsResponse.class).data().errorCode() == 0;
  }

  void sendFrame(byte[] frame) throws IOException {
    byte[] message = new byte[Integer.BYTES + frame.length];
    ByteBuffer.wrap(message).putInt(frame.length).put(frame);
    sendBytes(message);
  }

  void sendBytes(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Waits for the first bytes of an answer and leaves the rest where it is. */
  int beginReceiving() throws IOException {
    return in.readInt();
  }

  byte[] receiveFrame() throws IOException {
    byte[] frame = new byte[in.readInt()];
    in.readFully(frame);
    return frame;
  }

  /** Waits until the other end has closed; skips answers that come before. */
  boolean isClosedByPeer() throws IOException {
    try {
      while (true) {
        receiveFrame();
      }
    } catch (EOFException | SocketException closed) {
      return true;
    }
  }

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  void finishSending() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
