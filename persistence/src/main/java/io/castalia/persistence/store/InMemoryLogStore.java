package io.castalia.persistence.store;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A connection to a store that lives in this JVM, with the contract of the real one. Connections of
 * the same name share their data, so that several nodes in one JVM can share a store; each has
 * {@link #faults faults} of its own. Completes on the caller's thread unless a fault says
 * otherwise. Closing it ends the connection; the data stays.
 */
public final class InMemoryLogStore extends ScriptedLogStore {
  private static final ConcurrentMap<String, InMemoryTables> STORES = new ConcurrentHashMap<>();

  private final InMemoryTables tables;

  private InMemoryLogStore(InMemoryTables tables) {
    super(tables);
    this.tables = tables;
  }

  /** A store of its own, shared only with what {@link #reconnect} returns. */
  public static InMemoryLogStore create() {
    return new InMemoryLogStore(new InMemoryTables());
  }

  /** A connection to the store of this name, which is created if there is none. */
  public static InMemoryLogStore connect(String name) {
    return new InMemoryLogStore(STORES.computeIfAbsent(name, unused -> new InMemoryTables()));
  }

  /** Removes the name with its data; connections that are open keep theirs. */
  public static void forget(String name) {
    STORES.remove(name);
  }

  /** Another connection to the same data, without faults. */
  public InMemoryLogStore reconnect() {
    return new InMemoryLogStore(tables);
  }
}
