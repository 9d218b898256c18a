package io.castalia.testkit.cluster;

import io.castalia.persistence.store.InMemoryLogStore;
import io.castalia.persistence.store.StoreFaults;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * A cluster of real nodes in this process over one store in memory, with faults on demand. Kafka
 * clients connect to it as to any other.
 *
 * <p>Nodes are named by their ids, which are 1, 2, 3 and so on, and what Kafka calls broker ids. An
 * id that no node has is refused with {@link IllegalArgumentException}, and what a node cannot do
 * in its state with {@link IllegalStateException}.
 *
 * <p>Threads and clocks are real, so that a test which failed may pass the next time; what it must
 * check are promises that hold however they go.
 */
public final class SimulatedCluster implements AutoCloseable {
  private final long seed;
  private final Random random;
  private final InMemoryLogStore store = InMemoryLogStore.create();
  private final SimulatedNodes nodes;
  private final Links links;
  private final ClusterClients clients;
  private final ClusterWaits waits;

  SimulatedCluster(long seed, int size, Map<String, Object> settings) {
    this.seed = seed;
    this.random = new Random(seed);
    this.nodes = new SimulatedNodes(size, store, settings);
    this.links = nodes.links();
    this.clients = new ClusterClients(bootstrapServers());
    this.waits = new ClusterWaits(nodes, clients, this);
  }

  /** A cluster of three nodes and no topics, unless told otherwise. */
  public static SimulatedClusterBuilder builder() {
    return new SimulatedClusterBuilder();
  }

  void startAll() {
    nodes.startAll();
    awaitMembers();
  }

  /** HOST:PORT of all nodes, for Kafka clients; the same whatever becomes of the nodes. */
  public String bootstrapServers() {
    return nodes.kafkaAddresses();
  }

  /** HOST:PORT of one node, for Kafka clients. */
  public String bootstrapServers(int node) {
    return nodes.get(node).ports().kafkaAddress();
  }

  /** What Kafka clients need to connect, and short time limits. */
  public Map<String, Object> clientConfig() {
    return clients.common();
  }

  /** A producer that is closed with the cluster; idempotent, as is Kafka's default. */
  public Producer<String, String> producer() {
    return clients.producer(Map.of());
  }

  /**
   * A consumer in a group, which begins with the first record and is closed with the cluster.
   * Closing the cluster must not meet a poll that is under way.
   */
  public Consumer<String, String> consumer(String group) {
    return clients.consumer(Map.of("group.id", group, "auto.offset.reset", "earliest"));
  }

  /** An administration client that is closed with the cluster. */
  public Admin admin() {
    return clients.admin();
  }

  /**
   * Creates a topic and waits until it is there.
   *
   * @throws IllegalStateException if the cluster refuses it
   */
  public void createTopic(String name, int partitions) {
    waits.forNewTopic(name, partitions);
  }

  /** The ids of all nodes, in order. */
  public List<Integer> nodes() {
    return nodes.ids();
  }

  /** What a node is doing. */
  public NodeState state(int node) {
    return nodes.get(node).state();
  }

  /**
   * A node's actor system, for streams and services that run in it.
   *
   * @throws IllegalStateException if the node has stopped
   */
  public ActorSystem<Void> system(int node) {
    return nodes
        .get(node)
        .system()
        .orElseThrow(() -> new IllegalStateException("expected node " + node + " to run; " + this));
  }

  /**
   * Ends a node at once: it tells nobody, finishes nothing, and nothing that it does from now on
   * reaches the store or another node. Returns when its ports are free.
   */
  public void crash(int node) {
    nodes.crash(nodes.get(node));
  }

  /** Stops a node as an operator does: it hands over what it has, and answers what it was asked. */
  public void leave(int node) {
    nodes.get(node).leave();
  }

  /**
   * Starts a node that has stopped, at the same addresses; returns when it serves clients. Links
   * that are cut stay so, but it has a new connection to the store, without faults.
   */
  public void restart(int node) {
    nodes.start(nodes.get(node));
  }

  /**
   * Stops all threads of a node, each when its task is done, as if the process had been sent
   * SIGSTOP. Its connections stay open, time goes on, and answers of the store wait.
   */
  public void freeze(int node) {
    nodes.get(node).freeze();
  }

  /** Lets a frozen node go on where it was. */
  public void thaw(int node) {
    nodes.get(node).thaw();
  }

  /** Cuts the link between two nodes, both ways; what is on its way is lost. */
  public void partition(int one, int other) {
    links.cut(nodes.get(one), nodes.get(other));
  }

  /** Cuts a node from all others. */
  public void isolate(int node) {
    links.isolate(nodes.get(node));
  }

  /** Mends the link between two nodes. */
  public void heal(int one, int other) {
    links.heal(nodes.get(one), nodes.get(other));
  }

  /** Cuts a node from the store: its calls fail after 100 ms without being known to the store. */
  public void partitionFromStore(int node) {
    links.cutFromStore(nodes.get(node));
  }

  /** Mends the link between a node and the store. */
  public void healToStore(int node) {
    links.healToStore(nodes.get(node));
  }

  /** Mends all links. */
  public void heal() {
    links.heal();
  }

  /**
   * Makes an end of all faults: mends links and the store, thaws and restarts nodes, and waits
   * until all are members. Sides that went on as clusters of their own do not find together by
   * this.
   */
  public void restore() {
    heal();
    store.faults().clear();
    nodes.all().forEach(node -> node.links().ifPresent(ends -> ends.store().faults().clear()));
    nodes.all().stream()
        .filter(node -> node.state() == NodeState.FROZEN)
        .forEach(SimulatedNode::thaw);
    await(
        "all nodes to be members again",
        () -> {
          nodes.all().stream()
              .filter(node -> node.state() == NodeState.STOPPED)
              .forEach(nodes::start);
          return waits.isWhole();
        });
  }

  /** What goes wrong in the store, for all nodes. */
  public StoreFaults storeFaults() {
    return store.faults();
  }

  /**
   * What goes wrong with one node's calls of the store, until the node stops.
   *
   * @throws IllegalStateException if the node has stopped
   */
  public StoreFaults storeFaults(int node) {
    return nodes
        .get(node)
        .links()
        .orElseThrow(() -> new IllegalStateException("expected node " + node + " to run; " + this))
        .store()
        .faults();
  }

  /** Numbers that follow from the seed. */
  public Random random() {
    return random;
  }

  /**
   * Who leads a partition, once all running nodes tell Kafka clients the same running node. Asks
   * the partition for its end meanwhile, so that it is taken up by somebody.
   *
   * @return the leader's id
   * @throws AssertionError if that does not come about within a minute
   */
  public int awaitLeader(String topic, int partition) {
    return waits.leader(new TopicPartition(topic, partition));
  }

  /** The leader of a partition as one node tells Kafka clients, or empty if it does not answer. */
  public OptionalInt leaderSeenBy(int node, String topic, int partition) {
    return LeaderView.of(nodes.get(node), new TopicPartition(topic, partition));
  }

  /** The ids of the full members that a node knows and can reach; none if it has stopped. */
  public Set<Integer> membersSeenBy(int node) {
    return Membership.of(nodes.get(node)).reachable();
  }

  /** Waits until all running nodes see each other as members, and no others. */
  public void awaitMembers() {
    waits.until("all running nodes to be the members", waits::isWhole);
  }

  /** Waits until a node has stopped by itself, which one does that was taken for dead. */
  public void awaitStopped(int node) {
    await("node " + node + " to stop", () -> nodes.get(node).state() == NodeState.STOPPED);
  }

  /**
   * Waits until something is so, for a minute at most.
   *
   * @param what in words, for the message when it does not come about
   * @throws AssertionError if it does not; says what the cluster looks like
   */
  public void await(String what, BooleanSupplier condition) {
    waits.until(what, condition);
  }

  /** Ends all nodes, frozen or not, and the clients that the cluster gave. */
  @Override
  public void close() {
    clients.close();
    nodes.crashAll();
  }

  /** The seed, the links, and what each node does and sees. */
  @Override
  public String toString() {
    return nodes.all().stream()
        .map(
            node ->
                "node %d at %s: %s"
                    .formatted(node.id(), node.ports().kafkaAddress(), Membership.of(node)))
        .collect(
            Collectors.joining(
                "\n  ", "simulated cluster, seed " + seed + ", " + links + "\n  ", ""));
  }
}
