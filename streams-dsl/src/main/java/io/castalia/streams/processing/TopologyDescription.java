package io.castalia.streams.processing;

import io.castalia.streams.processing.internal.Graph;
import io.castalia.streams.processing.internal.Node;
import io.castalia.streams.processing.internal.SubTopology;
import io.castalia.streams.processing.internal.TopicRef;
import io.castalia.streams.processing.state.StoreSpec;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A topology for people to read. */
public final class TopologyDescription {
  private final Graph graph;

  TopologyDescription(Graph graph) {
    this.graph = graph;
  }

  /** As text, in the manner of Kafka Streams: so that tools which draw that draw this. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Topologies:\n");
    for (SubTopology part : graph.subTopologies()) {
      text.append("   Sub-topology: ").append(part.index()).append('\n');
      for (Node node : part.nodes()) {
        text.append("    ").append(line(node)).append('\n');
        if (!(node instanceof Node.Sink || node instanceof Node.Router)) {
          text.append("      --> ").append(names(graph.childrenOf(node))).append('\n');
        }
        if (!node.parents().isEmpty()) {
          text.append("      <-- ").append(names(parentsOf(node))).append('\n');
        }
      }
    }
    return text.toString();
  }

  private static String line(Node node) {
    if (node instanceof Node.Source source) {
      return "Source: %s (topics: [%s])".formatted(node.name(), source.topic().name());
    }
    if (node instanceof Node.Sink sink) {
      return "Sink: %s (topic: %s)".formatted(node.name(), sink.topic().name());
    }
    if (node instanceof Node.Router) {
      return "Sink: %s (topic: named for each record)".formatted(node.name());
    }
    return "Processor: %s (stores: %s)"
        .formatted(node.name(), node.stores().stream().map(StoreSpec::name).toList());
  }

  private static String names(List<Node> nodes) {
    return nodes.isEmpty() ? "none" : String.join(", ", nodes.stream().map(Node::name).toList());
  }

  private List<Node> parentsOf(Node node) {
    return node.parents().stream().map(graph.nodes()::get).toList();
  }

  /** As a flowchart in Mermaid's language, which GitHub and many others draw. */
  public String toMermaid() {
    StringBuilder chart = new StringBuilder("flowchart TB\n");
    Set<String> lines = new TreeSet<>();
    graph.sources().forEach(topic -> lines.add(topicLine(topic)));
    graph.sinks().forEach(topic -> lines.add(topicLine(topic)));
    lines.forEach(chart::append);
    for (SubTopology part : graph.subTopologies()) {
      chart.append(
          "  subgraph part%d [\"sub-topology %d\"]\n".formatted(part.index(), part.index()));
      part.nodes().stream()
          .filter(node -> node instanceof Node.Step || node instanceof Node.Router)
          .forEach(node -> chart.append("    n%d[%s]\n".formatted(node.id(), label(node))));
      part.stores()
          .keySet()
          .forEach(store -> chart.append("    %s[(\"%s\")]\n".formatted(id(store), store)));
      chart.append("  end\n");
    }
    graph.nodes().forEach(node -> edges(node, chart));
    return chart.toString();
  }

  private static String label(Node node) {
    return "\"" + node.name() + "\"";
  }

  private void edges(Node node, StringBuilder chart) {
    for (Node parent : parentsOf(node)) {
      chart.append("  %s --> %s\n".formatted(end(parent), end(node)));
    }
    for (StoreSpec<?, ?> store : node.stores()) {
      chart.append("  n%d -.- %s\n".formatted(node.id(), id(store.name())));
    }
  }

  private static String end(Node node) {
    if (node instanceof Node.Source source) {
      return topicId(source.topic());
    }
    return node instanceof Node.Sink sink ? topicId(sink.topic()) : "n" + node.id();
  }

  private static String topicLine(TopicRef topic) {
    return "  %s([\"%s\"])\n".formatted(topicId(topic), topic.name());
  }

  private static String topicId(TopicRef topic) {
    return "t" + id(topic.name());
  }

  /** A word that Mermaid takes for an id; another one for each name. */
  private static String id(String name) {
    StringBuilder word = new StringBuilder("s_");
    name.chars()
        .forEach(
            c -> {
              if (Character.isLetterOrDigit(c)) {
                word.append((char) c);
              } else {
                word.append('_').append(c).append('_');
              }
            });
    return word.toString();
  }
}
