package io.castalia.persistence.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Reads what {@link BinaryOutput} wrote. Damaged input is an {@link IllegalStateException}; no
 * length is believed beyond the bytes that are there.
 */
final class BinaryInput {
  private final ByteBuffer in;

  BinaryInput(ByteBuffer buffer) {
    this.in = buffer.duplicate();
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = nextByte();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new IllegalStateException("expected a number of at most 10 bytes, but it goes on");
  }

  String text() {
    return UTF_8.decode(bytes()).toString();
  }

  ByteBuffer bytes() {
    long length = number();
    if (length < 0 || length > in.remaining()) {
      throw new IllegalStateException(
          "expected at most " + in.remaining() + " bytes, but the length is " + length);
    }
    ByteBuffer slice = in.slice(in.position(), (int) length).asReadOnlyBuffer();
    in.position(in.position() + (int) length);
    return slice;
  }

  private byte nextByte() {
    try {
      return in.get();
    } catch (BufferUnderflowException end) {
      throw new IllegalStateException("expected more bytes, but the input has ended", end);
    }
  }
}
