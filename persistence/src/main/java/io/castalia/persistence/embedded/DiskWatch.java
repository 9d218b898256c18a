package io.castalia.persistence.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks how much room there is, and says so when that changes. */
final class DiskWatch {
  private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);

  private final DiskReserve reserve;
  private final List<Path> places;
  private volatile DiskRoom room = DiskRoom.AMPLE;
  private volatile OptionalLong lastFree = OptionalLong.empty();

  /**
   * A watch that has not looked yet.
   *
   * @param places directories, not all of which need exist; the one with the least room counts
   */
  DiskWatch(DiskReserve reserve, List<Path> places) {
    this.reserve = reserve;
    this.places = List.copyOf(places);
  }

  /** What the last look found. Never waits. */
  DiskRoom room() {
    return room;
  }

  /** The free bytes that the last look found, if there was one. Never waits. */
  OptionalLong freeBytes() {
    return lastFree;
  }

  /** Looks again. One thread at a time. */
  DiskRoom look() {
    long free = free();
    lastFree = OptionalLong.of(free);
    DiskRoom next = reserve.room(room, free);
    if (next != room) {
      say(next, free >> 20);
      room = next;
    }
    return next;
  }

  private long free() {
    long least = Long.MAX_VALUE;
    try {
      for (Path place : places) {
        if (Files.exists(place)) {
          least = Math.min(least, Files.getFileStore(place).getUsableSpace());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot tell the free space of " + places, e);
    }
    return least;
  }

  private void say(DiskRoom next, long freeMiB) {
    switch (next) {
      case AMPLE ->
          LOG.info(
              "the disk of {} has {} MiB free again: records are taken", places.get(0), freeMiB);
      case SHORT ->
          LOG.warn(
              "the disk of {} has {} MiB free, the last {} are reserved: no records are taken until"
                  + " {} MiB are free; all else goes on",
              places.get(0),
              freeMiB,
              reserve.bytes() >> 20,
              reserve.toEnd() >> 20);
      case NONE ->
          LOG.error(
              "the disk of {} has {} MiB free: Cassandra is stopped until {} MiB are free",
              places.get(0),
              freeMiB,
              reserve.toStart() >> 20);
      default -> throw new IllegalStateException("no such room: " + next);
    }
  }
}
