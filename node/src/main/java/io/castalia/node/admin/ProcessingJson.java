package io.castalia.node.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.castalia.streams.processing.runtime.ResetTarget;
import io.castalia.streams.processing.runtime.TaskStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/** Applications that process topics, as operators' tools read and write them. */
final class ProcessingJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

  private ProcessingJson() {}

  static JsonNode object(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("expected JSON, but: " + e.getOriginalMessage(), e);
    }
  }

  static ResetTarget target(JsonNode to) {
    if (to.path("offset").isIntegralNumber()) {
      return new ResetTarget.Offset(to.path("offset").longValue());
    }
    if (to.path("time").isIntegralNumber()) {
      return new ResetTarget.Time(to.path("time").longValue());
    }
    return switch (to.asText()) {
      case "earliest" -> new ResetTarget.Earliest();
      case "latest" -> new ResetTarget.Latest();
      default ->
          throw new IllegalArgumentException(
              "expected \"to\" as \"earliest\", \"latest\", {\"offset\": N} or {\"time\": MILLIS},"
                  + " but it was "
                  + to);
    };
  }

  static Set<String> topics(JsonNode topics) {
    Set<String> names = new TreeSet<>();
    topics.forEach(each -> names.add(each.asText()));
    return names;
  }

  static String told(String application, Map<TopicPartition, Long> places) {
    ObjectNode told = MAPPER.createObjectNode().put("application", application);
    ArrayNode all = told.putArray("places");
    write(places, all);
    return told.toString();
  }

  private static void write(Map<TopicPartition, Long> offsets, ArrayNode all) {
    offsets.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(ORDER))
        .forEach(
            each ->
                all.addObject()
                    .put("topic", each.getKey().topic())
                    .put("partition", each.getKey().partition())
                    .put("offset", each.getValue()));
  }

  static String tasks(String application, List<TaskStatus> tasks) {
    ObjectNode told = MAPPER.createObjectNode().put("application", application);
    ArrayNode all = told.putArray("tasks");
    for (TaskStatus task : tasks) {
      ObjectNode one =
          all.addObject()
              .put("task", task.task().toString())
              .put("condition", task.condition().name())
              .put("message", task.message())
              .put("records", task.records())
              .put("stored_bytes", task.storedBytes());
      write(task.offsets(), one.putArray("offsets"));
      ObjectNode drops = one.putObject("drops");
      new TreeMap<>(task.drops()).forEach(drops::put);
    }
    return told.toString();
  }

  static String error(int code, String message) {
    return MAPPER.createObjectNode().put("error_code", code).put("message", message).toString();
  }
}
