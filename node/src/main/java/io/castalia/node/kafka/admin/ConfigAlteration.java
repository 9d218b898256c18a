package io.castalia.node.kafka.admin;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.castalia.actors.topic.ConfigChange;
import io.castalia.actors.topic.TopicResult;
import io.castalia.actors.topic.Topics;
import io.castalia.node.kafka.BoundedFanOut;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.protocol.Errors;

/** Alters the configurations of resources: topics, or all brokers of the cluster together. */
final class ConfigAlteration {
  private final Topics topics;
  private final boolean validateOnly;

  ConfigAlteration(Topics topics, boolean validateOnly) {
    this.topics = topics;
    this.validateOnly = validateOnly;
  }

  /**
   * What a request names.
   *
   * @param type a {@link ConfigResource.Type} as the client sent it, which may be none
   */
  record Resource(byte type, String name) {}

  /** What is to become of a resource: changes, or a refusal and no changes. */
  record Wish(Optional<TopicResult> refusal, List<ConfigChange> changes) {
    static Wish of(List<ConfigChange> changes) {
      return new Wish(Optional.empty(), changes);
    }

    /** For what is wrong in itself. */
    static Wish refused(String message) {
      return new Wish(Optional.of(TopicResult.refused(Errors.INVALID_REQUEST, message)), List.of());
    }
  }

  /**
   * Alters each resource of a request; one that is named twice is refused.
   *
   * @param <Q> a resource in the request
   * @param <A> its answer in the response
   * @param wish asked only about resources that can be altered
   */
  <Q, A> CompletionStage<List<A>> apply(
      List<Q> request,
      Function<Q, Resource> resource,
      Function<Q, Wish> wish,
      BiFunction<Resource, TopicResult, A> answer) {
    Map<Resource, List<Q>> mentions =
        request.stream().collect(groupingBy(resource, LinkedHashMap::new, toList()));
    return BoundedFanOut.over(
        List.copyOf(mentions.entrySet()),
        BoundedFanOut.CHANGES,
        each ->
            alter(each.getKey(), each.getValue(), wish)
                .thenApply(result -> answer.apply(each.getKey(), result)));
  }

  private <Q> CompletionStage<TopicResult> alter(
      Resource resource, List<Q> mentions, Function<Q, Wish> wish) {
    Wish checked =
        mentions.size() > 1
            ? Wish.refused(
                "Expected each resource once, but this one is named %d times"
                    .formatted(mentions.size()))
            : refusal(resource).orElseGet(() -> checked(resource, wish.apply(mentions.get(0))));
    return checked
        .refusal()
        .<CompletionStage<TopicResult>>map(CompletableFuture::completedFuture)
        .orElseGet(() -> apply(resource, checked.changes()));
  }

  /** A single broker has no dynamic configuration; so whatever is deleted of it is gone. */
  private static Wish checked(Resource resource, Wish wish) {
    if (!isSingleBroker(resource) || wish.refusal().isPresent()) {
      return wish;
    }
    boolean onlyDeletes =
        wish.changes().stream()
            .allMatch(change -> change.operation() == ConfigChange.Operation.DELETE);
    return onlyDeletes
        ? Wish.of(List.of())
        : Wish.refused(
            "Expected broker \"\" (all brokers of the cluster: they share one dynamic"
                + " configuration), but it was \"%s\"".formatted(resource.name()));
  }

  private static boolean isSingleBroker(Resource resource) {
    return resource.type() == ConfigResource.Type.BROKER.id() && !resource.name().isEmpty();
  }

  /** Why nothing of this resource can be altered, if so. */
  private static Optional<Wish> refusal(Resource resource) {
    ConfigResource.Type type = ConfigResource.Type.forId(resource.type());
    if (type != ConfigResource.Type.BROKER && type != ConfigResource.Type.TOPIC) {
      return Optional.of(
          Wish.refused(
              "Expected a topic (2) or a broker (4), but it was %s (%d)"
                  .formatted(type, resource.type())));
    }
    return Optional.empty();
  }

  private CompletionStage<TopicResult> apply(Resource resource, List<ConfigChange> changes) {
    if (isSingleBroker(resource)) {
      return CompletableFuture.completedFuture(new TopicResult(Errors.NONE, "", Optional.empty()));
    }
    if (resource.type() == ConfigResource.Type.BROKER.id()) {
      return topics.alterBrokerConfigs(changes, validateOnly);
    }
    String name = resource.name();
    if (topics.catalog().byName(name).isEmpty()) {
      return CompletableFuture.completedFuture(
          TopicResult.refused(
              Errors.UNKNOWN_TOPIC_OR_PARTITION,
              "Expected a topic \"" + name + "\", but there is none"));
    }
    return topics.alterConfigs(name, changes, validateOnly);
  }
}
