package io.castalia.node.kafka;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts open connections, in all and per address. Thread-safe. */
final class ConnectionSlots {
  private final int max;
  private final int maxPerAddress;
  private final Map<InetAddress, Integer> perAddress = new HashMap<>();
  private int open;

  ConnectionSlots(int max, int maxPerAddress) {
    this.max = max;
    this.maxPerAddress = maxPerAddress;
  }

  /** Takes a slot, or says why there is none. */
  synchronized Optional<String> take(InetAddress address) {
    int fromAddress = perAddress.getOrDefault(address, 0);
    if (open >= max) {
      return Optional.of("expected at most %d connections to this node".formatted(max));
    }
    if (fromAddress >= maxPerAddress) {
      return Optional.of(
          "expected at most %d connections from one address".formatted(maxPerAddress));
    }
    open++;
    perAddress.put(address, fromAddress + 1);
    return Optional.empty();
  }

  synchronized void giveBack(InetAddress address) {
    open--;
    perAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
  }

  synchronized int open() {
    return open;
  }
}
