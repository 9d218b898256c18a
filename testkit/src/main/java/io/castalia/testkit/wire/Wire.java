package io.castalia.testkit.wire;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;

/** A connection on which exactly what a test says is asked, right or wrong. */
public final class Wire implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;
  private int correlationId;

  /**
   * Connects.
   *
   * @param bootstrap HOST:PORT
   */
  public Wire(String bootstrap) throws IOException {
    int colon = bootstrap.lastIndexOf(':');
    socket =
        new Socket(bootstrap.substring(0, colon), Integer.parseInt(bootstrap.substring(colon + 1)));
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** Sends a request in a version and gives back what is answered. */
  public <D extends ApiMessage> D call(ApiMessage request, int version, Class<D> answer)
      throws IOException {
    return receive(send(request, version), answer);
  }

  /** Sends a request whose answer may take its time; gives back what it takes to read that. */
  public RequestHeader send(ApiMessage request, int version) throws IOException {
    ApiKeys key = ApiKeys.forId(request.apiKey());
    short exact = (short) version;
    AbstractRequest parsed =
        AbstractRequest.parseRequest(key, exact, MessageUtil.toByteBufferAccessor(request, exact))
            .request;
    RequestHeader header = new RequestHeader(key, exact, "wire", ++correlationId);
    ByteBuffer body = parsed.serializeWithHeader(header);
    ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + body.remaining());
    frame.putInt(body.remaining()).put(body);
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    out.write(frame.array());
    out.flush();
    return header;
  }

  /** Waits for the answer to the request that was sent first of those without one. */
  public <D extends ApiMessage> D receive(RequestHeader header, Class<D> answer)
      throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] frame = new byte[in.readInt()];
    in.readFully(frame);
    return answer.cast(AbstractResponse.parseResponse(ByteBuffer.wrap(frame), header).data());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
