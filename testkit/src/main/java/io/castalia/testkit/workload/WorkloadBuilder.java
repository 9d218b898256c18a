package io.castalia.testkit.workload;

import java.util.Map;

/** What a workload shall be like. */
public final class WorkloadBuilder {
  private final Map<String, Object> clients;
  private String topic = "";
  private int producers = 1;
  private int readers = 1;
  private int members;
  private int recordsPerSecond = 200;

  WorkloadBuilder(Map<String, Object> clients) {
    this.clients = Map.copyOf(clients);
  }

  /** The topic that it works on, which must exist and hold nothing else. */
  public WorkloadBuilder topic(String name) {
    topic = name;
    return this;
  }

  /** How many idempotent producers; 1 unless told otherwise. */
  public WorkloadBuilder producers(int number) {
    producers = number;
    return this;
  }

  /** How many consumers read everything, each by itself; 1 unless told otherwise. */
  public WorkloadBuilder readers(int number) {
    readers = number;
    return this;
  }

  /** How many consumers share the partitions as a group; none unless told otherwise. */
  public WorkloadBuilder members(int number) {
    members = number;
    return this;
  }

  /** At which rate each producer sends; 200 unless told otherwise. */
  public WorkloadBuilder recordsPerSecond(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("expected at least 1 record a second, but got " + number);
    }
    recordsPerSecond = number;
    return this;
  }

  /**
   * Starts it.
   *
   * @throws IllegalStateException if no topic was given
   */
  public Workload start() {
    if (topic.isEmpty()) {
      throw new IllegalStateException("expected a topic to work on, but none was given");
    }
    Workload workload = new Workload(new WorkloadClients(clients), topic);
    workload.begin(new Size(producers, readers, members), recordsPerSecond);
    return workload;
  }

  /** How many clients of each kind. */
  record Size(int producers, int readers, int members) {}
}
