package io.castalia.node.kafka;

import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageSizeAccumulator;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.common.record.internal.BaseRecords;
import org.apache.kafka.common.requests.ResponseHeader;
import org.apache.pekko.util.ByteString;
import org.apache.pekko.util.ByteStringBuilder;

/**
 * Writes a response with its length. All but records goes to one array of exactly the size needed;
 * records stay where they are and are spliced in.
 */
final class ResponseEncoder extends ByteBufferAccessor {
  private final byte[] array;
  private final ByteStringBuilder out = ByteString.createBuilder();
  private int taken;

  private ResponseEncoder(byte[] array) {
    super(ByteBuffer.wrap(array));
    this.array = array;
  }

  static ByteString encode(ResponseHeader header, ApiMessage body, short version) {
    ObjectSerializationCache cache = new ObjectSerializationCache();
    MessageSizeAccumulator size = new MessageSizeAccumulator();
    header.data().addSize(size, cache, header.headerVersion());
    body.addSize(size, cache, version);
    ResponseEncoder encoder =
        new ResponseEncoder(new byte[Integer.BYTES + size.sizeExcludingZeroCopy()]);
    encoder.writeInt(size.totalSize());
    header.data().write(encoder, cache, header.headerVersion());
    body.write(encoder, cache, version);
    encoder.takeWritten();
    return encoder.out.result();
  }

  @Override
  public void writeByteBuffer(ByteBuffer bytes) {
    takeWritten();
    out.append(ByteString.fromByteBuffer(bytes.duplicate()));
  }

  @Override
  public void writeRecords(BaseRecords records) {
    if (records instanceof RecordsView view) {
      takeWritten();
      view.batches().forEach(out::append);
    } else {
      super.writeRecords(records);
    }
  }

  private void takeWritten() {
    int written = buffer().position();
    if (written > taken) {
      out.append(ByteString.fromArrayUnsafe(array, taken, written - taken));
      taken = written;
    }
  }
}
