package io.castalia.streams.processing;

/**
 * Work on records that the operators cannot do: with stores of its own, and by time. Each task has
 * its own processor. What must outlive the task belongs in a store; the processor's fields do not.
 */
@FunctionalInterface
public interface Processor<KI, VI, KO, VO> {

  /** Called once, before anything else: the place to get stores and to schedule punctuations. */
  default void init(ProcessorContext<KO, VO> context) {}

  /** Takes a record; what it forwards and changes happens together, or not at all if it throws. */
  void process(StreamRecord<KI, VI> record);
}
