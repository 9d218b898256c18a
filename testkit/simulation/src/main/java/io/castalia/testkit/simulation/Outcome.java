package io.castalia.testkit.simulation;

import java.util.List;

/** How a simulation of one seed ended. Equal to that of the same seed run again. */
public interface Outcome {

  /** What must hold and did not; empty if all is well. */
  List<String> violations();
}
