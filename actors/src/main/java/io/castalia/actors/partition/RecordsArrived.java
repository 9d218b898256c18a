package io.castalia.actors.partition;

/** Tells one who waits for records to look again. */
enum RecordsArrived {
  INSTANCE
}
