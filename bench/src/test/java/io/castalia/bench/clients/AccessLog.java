package io.castalia.bench.clients;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The real input: a web server's access log. A part of it comes with the tests; {@code
 * -Dcastalia.bench.access-log=FILE} takes another file.
 */
final class AccessLog {

  private AccessLog() {}

  static Path file() {
    String configured = System.getProperty("castalia.bench.access-log");
    return configured == null ? shipped() : Path.of(configured);
  }

  private static Path shipped() {
    URL resource = Objects.requireNonNull(AccessLog.class.getResource("/apache_access.log"));
    try {
      return Path.of(resource.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its lines, byte for byte: each byte is one character. */
  static List<String> lines() {
    try {
      return lines(Files.readAllBytes(file()));
    } catch (IOException e) {
      throw new IllegalStateException("expected to read the access log", e);
    }
  }

  /** Bytes that end each line with a line feed, as lines of one character for each byte. */
  static List<String> lines(byte[] content) {
    return new String(content, StandardCharsets.ISO_8859_1).lines().toList();
  }
}
