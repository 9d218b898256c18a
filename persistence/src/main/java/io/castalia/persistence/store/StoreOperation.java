package io.castalia.persistence.store;

/** The operations of a {@link LogStore}, as fault scripts name them. */
public enum StoreOperation {
  WRITE_ENTRY,
  READ_HEADERS,
  READ_ENTRIES,
  DELETE_SEGMENT,
  READ_MANIFEST,
  CHANGE_MANIFEST,
  DELETE_MANIFEST,
  REGISTER_WRITER,
  FENCE,
  FENCES_OF,
  WRITE_SNAPSHOT,
  READ_SNAPSHOT,
  DELETE_SNAPSHOTS,
  WRITE_PAGE,
  READ_PAGE,
  DELETE_PAGE
}
