package io.castalia.node.kafka;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.internals.ByteUtils;

/**
 * What a Produce request takes beside its frame once it is parsed, handled and answered: so many
 * bytes for each topic, partition and tagged field, whatever records they hold. Walks over the
 * frame without making anything of it, so that a count that cannot be is found before a parser
 * believes it.
 */
final class ProduceWeight {
  /** Bytes for a topic, a partition or a tagged field; half of it for asking a partition. */
  static final int ELEMENT = 2048;

  /** How often a text is in memory: as a name, in the answer, and in the answer's bytes. */
  private static final int COPIES_OF_TEXT = 3;

  private static final short FIRST_FLEXIBLE = 9;
  private static final short FIRST_WITH_TOPIC_IDS = 13;
  private static final int UUID_BYTES = 16;

  private final ByteBuffer in;
  private final short version;
  private final boolean flexible;
  private long weight;

  private ProduceWeight(ByteBuffer frame) {
    this.in = frame;
    skip(Short.BYTES);
    this.version = in.getShort();
    this.flexible = version >= FIRST_FLEXIBLE;
  }

  /**
   * Weighs a request of a version from 3 to 13.
   *
   * @param frame whole, whatever its position; not changed
   * @throws RuntimeException if the frame is not laid out as its version says
   */
  static long of(ByteBuffer frame) {
    ProduceWeight weight = new ProduceWeight(frame.duplicate().rewind());
    weight.addHeader();
    weight.addBody();
    return weight.weight;
  }

  private void addHeader() {
    skip(Integer.BYTES);
    addText(in.getShort());
    addTaggedFields();
  }

  private void addBody() {
    addText(length(Short.BYTES));
    skip(Short.BYTES + Integer.BYTES);
    for (int topics = length(Integer.BYTES); topics > 0; topics--) {
      addTopic();
    }
    addTaggedFields();
  }

  private void addTopic() {
    weight += ELEMENT;
    if (version >= FIRST_WITH_TOPIC_IDS) {
      skip(UUID_BYTES);
    } else {
      addText(length(Short.BYTES));
    }
    for (int partitions = length(Integer.BYTES); partitions > 0; partitions--) {
      weight += ELEMENT;
      skip(Integer.BYTES);
      skip(Math.max(0, length(Integer.BYTES)));
      addTaggedFields();
    }
    addTaggedFields();
  }

  private void addText(int bytes) {
    weight += (long) COPIES_OF_TEXT * Math.max(0, bytes);
    skip(Math.max(0, bytes));
  }

  private void addTaggedFields() {
    if (!flexible) {
      return;
    }
    for (int fields = ByteUtils.readUnsignedVarint(in); fields > 0; fields--) {
      weight += ELEMENT;
      ByteUtils.readUnsignedVarint(in);
      skip(ByteUtils.readUnsignedVarint(in));
    }
  }

  /**
   * The length of what comes next, or -1 for null.
   *
   * @param width bytes of a length in versions that are not flexible
   */
  private int length(int width) {
    if (flexible) {
      return ByteUtils.readUnsignedVarint(in) - 1;
    }
    return width == Short.BYTES ? in.getShort() : in.getInt();
  }

  private void skip(int bytes) {
    if (bytes < 0 || bytes > in.remaining()) {
      throw new BufferUnderflowException();
    }
    in.position(in.position() + bytes);
  }
}
