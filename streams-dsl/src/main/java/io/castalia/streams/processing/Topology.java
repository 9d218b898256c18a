package io.castalia.streams.processing;

import io.castalia.streams.processing.internal.Graph;

/** What is to be done with which topics. Immutable; runs any number of times. */
public final class Topology {
  private final Graph graph;

  Topology(Graph graph) {
    this.graph = graph;
  }

  /** The topology as text and as a picture. */
  public TopologyDescription describe() {
    return new TopologyDescription(graph);
  }

  /** For what runs topologies; no part of the public interface. */
  public Graph graph() {
    return graph;
  }
}
