package io.castalia.testkit.simulation;

/** Something that happens at a place, at a time; of what happens at the same time, in order. */
final class Task implements Comparable<Task> {
  final long time;
  final Place place;
  final Runnable action;
  private final long number;

  Task(long time, long number, Place place, Runnable action) {
    this.time = time;
    this.number = number;
    this.place = place;
    this.action = action;
  }

  @Override
  public int compareTo(Task other) {
    return time != other.time ? Long.compare(time, other.time) : Long.compare(number, other.number);
  }
}
