package io.castalia.node.kafka;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Several connections. */
final class RawClients implements AutoCloseable {
  private final List<RawClient> all = new ArrayList<>();

  RawClients(int port, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      all.add(new RawClient(port));
    }
  }

  List<RawClient> all() {
    return all;
  }

  RawClient get(int index) {
    return all.get(index);
  }

  @Override
  public void close() throws IOException {
    for (RawClient client : all) {
      client.close();
    }
  }
}
