package io.castalia.streams.processing.state;

/** How the entries of a store are found. */
public enum StoreKind {
  /** By key. */
  KEY_VALUE,
  /** By key and the start of a window. */
  WINDOW,
  /** By key and session. */
  SESSION
}
