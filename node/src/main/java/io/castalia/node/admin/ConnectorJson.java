package io.castalia.node.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.castalia.streams.connect.ConfigKey;
import io.castalia.streams.connect.ConnectorPlugin;
import io.castalia.streams.connect.PluginTable;
import io.castalia.streams.connect.RegistryReply;
import io.castalia.streams.connect.RegistryReply.Described;
import io.castalia.streams.connect.SourcePlugin;
import io.castalia.streams.connect.TaskStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Connectors as Kafka Connect's REST interface writes them. */
final class ConnectorJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ConnectorJson() {}

  static String names(List<Described> connectors) {
    ArrayNode names = MAPPER.createArrayNode();
    connectors.forEach(each -> names.add(each.name()));
    return names.toString();
  }

  /** Each connector's info and status, by name. */
  static String expanded(List<Described> connectors) {
    ObjectNode all = MAPPER.createObjectNode();
    for (Described each : connectors) {
      ObjectNode both = all.putObject(each.name());
      both.set("info", infoOf(each));
      both.set("status", statusOf(each));
    }
    return all.toString();
  }

  static String info(Described connector) {
    return infoOf(connector).toString();
  }

  private static ObjectNode infoOf(Described connector) {
    ObjectNode info = MAPPER.createObjectNode().put("name", connector.name());
    info.set("config", configOf(connector));
    ArrayNode tasks = info.putArray("tasks");
    connector
        .tasks()
        .forEach(
            task -> tasks.addObject().put("connector", connector.name()).put("task", task.task()));
    return info.put("type", kind(connector.source()));
  }

  static String config(Described connector) {
    return configOf(connector).toString();
  }

  private static ObjectNode configOf(Described connector) {
    ObjectNode config = MAPPER.createObjectNode();
    new TreeMap<>(connector.config()).forEach(config::put);
    return config;
  }

  /** Each task with what it is to do. */
  static String tasks(Described connector) {
    ArrayNode tasks = MAPPER.createArrayNode();
    for (TaskStatus task : connector.tasks()) {
      ObjectNode one = tasks.addObject();
      one.putObject("id").put("connector", connector.name()).put("task", task.task());
      one.set("config", configOf(connector));
    }
    return tasks.toString();
  }

  static String status(Described connector) {
    return statusOf(connector).toString();
  }

  private static ObjectNode statusOf(Described connector) {
    ObjectNode status = MAPPER.createObjectNode().put("name", connector.name());
    status.putObject("connector").put("state", connector.paused() ? "PAUSED" : "RUNNING");
    ArrayNode tasks = status.putArray("tasks");
    connector.tasks().stream()
        .sorted(Comparator.comparing(TaskStatus::task))
        .forEach(task -> tasks.add(taskOf(task)));
    return status.put("type", kind(connector.source()));
  }

  private static ObjectNode taskOf(TaskStatus task) {
    ObjectNode status =
        MAPPER
            .createObjectNode()
            .put("id", task.task())
            .put("state", task.state().name())
            .put("worker_id", task.worker());
    return task.trace().isEmpty() ? status : status.put("trace", task.trace());
  }

  static String plugins(List<ConnectorPlugin> plugins) {
    ArrayNode all = MAPPER.createArrayNode();
    for (ConnectorPlugin each : plugins) {
      ObjectNode plugin =
          all.addObject()
              .put("class", each.type())
              .put("type", kind(each instanceof SourcePlugin))
              .put("description", each.description());
      ArrayNode keys = plugin.putArray("keys");
      PluginTable.keys(each).forEach(key -> keys.add(key(each, key)));
      each.prefixes()
          .forEach(
              prefix ->
                  keys.addObject()
                      .put("name", prefix.text() + "*")
                      .put("expected", prefix.expected())
                      .put("purpose", prefix.purpose()));
    }
    return all.toString();
  }

  private static ObjectNode key(ConnectorPlugin plugin, ConfigKey<?> key) {
    ObjectNode told =
        MAPPER
            .createObjectNode()
            .put("name", key.name())
            .put("expected", key.expected())
            .put("purpose", key.purpose())
            .put("required", PluginTable.isRequired(plugin, key));
    key.defaultText().ifPresent(text -> told.put("default", text));
    return told;
  }

  static String error(int code, String message) {
    return MAPPER.createObjectNode().put("error_code", code).put("message", message).toString();
  }

  private static String kind(boolean source) {
    return source ? "source" : "sink";
  }

  /**
   * A connector's name and configuration.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  static Map.Entry<String, Map<String, String>> creation(String text) {
    JsonNode tree = object(text);
    JsonNode name = tree.get("name");
    JsonNode config = tree.get("config");
    if (name == null || !name.isTextual() || config == null || !config.isObject()) {
      throw new IllegalArgumentException(
          "expected an object with a text \"name\" and an object \"config\", but it was " + text);
    }
    return Map.entry(name.textValue(), values(config));
  }

  /**
   * A configuration.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  static Map<String, String> configuration(String text) {
    return values(object(text));
  }

  private static JsonNode object(String text) {
    try {
      JsonNode tree = MAPPER.readTree(text);
      if (tree.isObject()) {
        return tree;
      }
      throw new IllegalArgumentException("expected a JSON object, but it was " + text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("expected JSON, but: " + e.getOriginalMessage(), e);
    }
  }

  private static Map<String, String> values(JsonNode config) {
    Map<String, String> values = new TreeMap<>();
    config
        .properties()
        .forEach(
            entry -> {
              if (!entry.getValue().isValueNode() || entry.getValue().isNull()) {
                throw new IllegalArgumentException(
                    "\"%s\": expected a text, a number or a boolean, but it was %s"
                        .formatted(entry.getKey(), entry.getValue()));
              }
              values.put(entry.getKey(), entry.getValue().asText());
            });
    return values;
  }

  /** The code of HTTP for a refusal. */
  static int code(RegistryReply.Reason reason) {
    return switch (reason) {
      case UNKNOWN -> 404;
      case EXISTS -> 409;
      case INVALID -> 400;
    };
  }
}
