package io.castalia.streams.processing.internal;

/** What a node does that has something to do when time moves, too. */
interface TimedOperator<K, V, KO, VO> extends Operator<K, V, KO, VO> {

  /**
   * The watermark or the clock has moved. Does what follows of that, as far as the {@link
   * OperatorContext#mayTake context} lets it; the rest is for another call.
   *
   * @return whether that was all
   */
  boolean advance(OperatorContext<KO, VO> context);
}
