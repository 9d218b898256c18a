package io.castalia.testkit.history;

/**
 * The identity that a test gives a record, carried in its value.
 *
 * @param producer the producer that sends it; one producer's records of one partition keep their
 *     order
 * @param sequence the producer's own count, rising by each record that it sends
 */
public record RecordId(String producer, long sequence) {

  @Override
  public String toString() {
    return producer + "-" + sequence;
  }

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @throws IllegalArgumentException if the text is not of that form
   */
  public static RecordId parse(String text) {
    int dash = text.lastIndexOf('-');
    if (dash <= 0) {
      throw new IllegalArgumentException("expected PRODUCER-SEQUENCE, but got \"" + text + "\"");
    }
    return new RecordId(text.substring(0, dash), Long.parseLong(text.substring(dash + 1)));
  }
}
