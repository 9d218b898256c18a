package io.castalia.streams.connect.mirror;

import io.castalia.streams.connect.TaskContext;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Whether Kafka's client has ever reached the other cluster, by the client's own count: it tries
 * for a minute before it fails, and one that has nothing to write does not fail at all.
 *
 * @param brokers where it is to be
 * @param metrics the client's
 */
record OtherCluster(String brokers, Supplier<Map<MetricName, ? extends Metric>> metrics) {
  private static final String CONNECTIONS = "connection-creation-total";

  /** Has the task's status say so as long as the cluster has not been reached. */
  static void watch(TaskContext task, Supplier<Map<MetricName, ? extends Metric>> metrics) {
    task.remark().is(new OtherCluster(task.config().get(MirrorKeys.BOOTSTRAP), metrics)::remark);
  }

  String remark() {
    return isReached()
        ? ""
        : "Expected the other cluster at %s, but it has not been reached yet".formatted(brokers);
  }

  private boolean isReached() {
    return metrics.get().entrySet().stream()
        .filter(each -> each.getKey().name().equals(CONNECTIONS))
        .anyMatch(
            each -> each.getValue().metricValue() instanceof Double total && total.longValue() > 0);
  }
}
