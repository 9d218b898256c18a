package io.castalia.bench.cluster;

/** The processes of a cluster. Nodes are numbered from 1, as clients see them. Not thread-safe. */
interface Nodes extends AutoCloseable {

  /** Whose cluster it is, for people. */
  String name();

  /** Starts what nodes need and the first of them, and returns when they serve. */
  void startFirst(int count);

  /** Starts a node, for the first time or again, and returns when it serves. */
  void start(int id);

  /** Asks a node to leave, as SIGTERM does, and returns when it has. */
  void stop(int id);

  /** Kills a node as {@code kill -9} does. */
  void kill(int id);

  /** Has a node stand still. */
  void freeze(int id);

  /** Has a node go on. */
  void thaw(int id);

  /** Whether a node that stood still is one of the cluster again, after the others gave it up. */
  boolean hasComeBack(int id);

  /**
   * Does what an operator has to do for a node that came to get its share of a topic. To be called
   * again and again until it has.
   *
   * @param all how many nodes there are
   */
  void giveShare(int id, int all, String topic);

  /** How much a node keeps of records on its own disk, in bytes. */
  long recordBytes(int id);

  /** Addresses of some nodes, as clients take them. */
  String bootstrap(int count);

  /** Kills all, and what they need, as a power failure does, except that nothing is lost. */
  void killAll();

  /** Stops all, and leaves no process behind. */
  @Override
  void close();
}
