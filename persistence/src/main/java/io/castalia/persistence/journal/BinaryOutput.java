package io.castalia.persistence.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Writes the journal's own binary forms: numbers of variable length, and bytes after a length. */
final class BinaryOutput {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Zigzag, seven bits a byte, the lowest first: small numbers of either sign are short. */
  void number(long value) {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      out.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  void text(String value) {
    bytes(ByteBuffer.wrap(value.getBytes(UTF_8)));
  }

  void bytes(ByteBuffer value) {
    number(value.remaining());
    byte[] copy = new byte[value.remaining()];
    value.duplicate().get(copy);
    out.writeBytes(copy);
  }

  ByteBuffer toBuffer() {
    return ByteBuffer.wrap(out.toByteArray()).asReadOnlyBuffer();
  }
}
