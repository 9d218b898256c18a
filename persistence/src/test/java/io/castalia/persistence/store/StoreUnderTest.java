package io.castalia.persistence.store;

/** A store that a contract is for. */
public interface StoreUnderTest {
  long MAX = Long.MAX_VALUE;

  /** May be the same for all tests. */
  LogStore store();

  /** A name that only one test uses. */
  String log();
}
