package io.castalia.persistence.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The two loopback ports of one Cassandra.
 *
 * @param nativeTransport where clients connect
 * @param storage where other nodes would
 */
record Ports(int nativeTransport, int storage) {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  /**
   * The port asked for, or for 0 the one used last time if it is still free, or another free one.
   *
   * @param file where the ports are remembered
   * @throws EmbeddedCassandraException if the port asked for is taken
   */
  static Ports choose(int wanted, Path file) {
    Ports last = read(file);
    if (wanted != 0 && !FreePorts.isFree(LOOPBACK, wanted)) {
      throw new EmbeddedCassandraException(
          "port " + wanted + " on 127.0.0.1 is taken; choose another one, or 0 for a free one");
    }
    int nativeTransport = wanted != 0 ? wanted : keptOrFree(last.nativeTransport);
    Ports ports = new Ports(nativeTransport, keptOrFree(last.storage));
    ports.write(file);
    return ports;
  }

  private static Ports read(Path file) {
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (InputStream in = Files.newInputStream(file)) {
        properties.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new Ports(
        Integer.parseInt(properties.getProperty("native", "0")),
        Integer.parseInt(properties.getProperty("storage", "0")));
  }

  private void write(Path file) {
    try {
      Files.writeString(file, "native=" + nativeTransport + "\nstorage=" + storage + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int keptOrFree(int port) {
    return port != 0 && FreePorts.isFree(LOOPBACK, port) ? port : FreePorts.next(LOOPBACK);
  }
}
