package io.castalia.actors.topic;

import io.castalia.actors.topic.ConfigChange.Operation;
import io.castalia.actors.topic.DirectoryCommand.CatalogDelta;
import io.castalia.actors.topic.DirectoryCommand.CatalogPage;
import io.castalia.actors.topic.RegistryCommand.Answer;
import io.castalia.actors.topic.RegistryRequest.AllocateProducerIds;
import io.castalia.actors.topic.RegistryRequest.AlterBrokers;
import io.castalia.actors.topic.RegistryRequest.AlterTopic;
import io.castalia.actors.topic.RegistryRequest.CreateTopic;
import io.castalia.actors.topic.RegistryRequest.DeleteTopic;
import io.castalia.actors.topic.RegistryRequest.GrowTopic;
import io.castalia.testkit.simulation.Place;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.Uuid;

/** A node that follows the registry, and whose clients change topics and need producer ids. */
final class SimulatedNode {
  /** How names of topics begin that are only to be validated. */
  static final String ONLY_TRIED = "tried";

  private static final List<String> NAMES = List.of("a", "b", "c.d", "c_d", "e");
  private static final Duration RENEW = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofMillis(120);

  private final RegistrySimulation world;
  private final Place place;
  private final CatalogReplica replica = new CatalogReplica(Map.of());
  private final ProducerIds producerIds = new ProducerIds(this::nextBlock);

  SimulatedNode(RegistrySimulation world, Place place) {
    this.world = world;
    this.place = place;
    renew();
    work();
  }

  Place place() {
    return place;
  }

  long version() {
    return replica.catalog().version();
  }

  void receive(CatalogDelta delta) {
    boolean blind = world.mutant() == RegistryMutant.GAPS_NOT_NOTICED && version() >= 0;
    CatalogDelta taken = blind ? new CatalogDelta(version() + 1, delta.changes()) : delta;
    follow(() -> replica.apply(taken));
  }

  void receive(CatalogPage page) {
    follow(() -> replica.apply(page));
  }

  private void follow(Supplier<CatalogReplica.Outcome> message) {
    long before = version();
    switch (message.get()) {
      case ADVANCED -> world.ledger().shown(before, replica.catalog());
      case GAP -> subscribe(LocalCatalog.UNKNOWN);
      case UNCHANGED -> {}
    }
  }

  private void renew() {
    subscribe(version());
    place.after(RENEW, this::renew);
  }

  private void subscribe(long knownVersion) {
    SimulatedRegistry registry = world.registry();
    world.network().send(registry.place(), () -> registry.subscribe(knownVersion, this));
  }

  private void work() {
    int dice = world.simulation().random().nextInt(10);
    if (world.isQuiet()) {
      return;
    }
    if (dice == 0) {
      takeProducerIds();
    } else if (dice == 1) {
      ask(new CreateTopic(ONLY_TRIED, 1, Map.of()), true, answer -> {});
    } else {
      RegistryRequest request = change(dice);
      ask(request, false, answer -> world.ledger().answered(request, answer));
    }
    place.after(world.simulation().upTo(PAUSE), this::work);
  }

  private RegistryRequest change(int dice) {
    String name = NAMES.get(world.simulation().random().nextInt(NAMES.size()));
    int number = 1 + world.simulation().random().nextInt(6);
    ConfigChange retention =
        new ConfigChange("retention.ms", Operation.SET, Integer.toString(number));
    return switch (dice) {
      case 2, 3, 4 -> new CreateTopic(name, number, Map.of());
      case 5, 6 ->
          new DeleteTopic(
              replica.catalog().byName(name).map(TopicDescription::id).orElse(Uuid.ONE_UUID));
      case 7 -> new GrowTopic(name, number);
      case 8 -> new AlterTopic(name, List.of(retention));
      default ->
          new AlterBrokers(
              List.of(new ConfigChange("num.partitions", Operation.SET, Integer.toString(number))));
    };
  }

  /** Most of a block, so that the next one is needed soon, or the one for which it must wait. */
  private void takeProducerIds() {
    boolean here = true;
    for (int i = 0; here && i < RegistryLimits.PRODUCER_ID_BLOCK * 2 / 3; i++) {
      CompletableFuture<Long> id = producerIds.next().toCompletableFuture();
      var unused = id.thenAccept(world.ledger()::given);
      here = id.isDone();
    }
  }

  private CompletionStage<Long> nextBlock() {
    AllocateProducerIds request = new AllocateProducerIds();
    CompletableFuture<Long> first = new CompletableFuture<>();
    ask(
        request,
        false,
        answer -> {
          world.ledger().answered(request, answer);
          first.complete(answer.firstProducerId());
        });
    place.after(PATIENCE, () -> first.completeExceptionally(new TimeoutException("no answer")));
    return first;
  }

  private void ask(RegistryRequest request, boolean validateOnly, Consumer<Answer> answered) {
    SimulatedRegistry registry = world.registry();
    world
        .network()
        .send(
            registry.place(),
            () ->
                registry.submit(
                    request,
                    validateOnly,
                    answer -> world.network().send(place, () -> answered.accept(answer))));
  }

  @Override
  public String toString() {
    return place.name() + " at version " + version();
  }
}
