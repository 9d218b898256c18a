package io.castalia.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.castalia.node.admin.AdminSettings;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerPort;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What can be said of the manifest without a Kubernetes: its objects have no field that Kubernetes
 * does not know, and the configuration in it is one that a node starts with, at the ports that the
 * rest of it names.
 */
class KubernetesManifestTest {
  private static final Path MANIFEST = Path.of("../deploy/kubernetes/castalia.yaml");
  private static final Map<String, Class<?>> KINDS =
      Map.of(
          "ConfigMap", V1ConfigMap.class,
          "Service", V1Service.class,
          "StatefulSet", V1StatefulSet.class,
          "PodDisruptionBudget", V1PodDisruptionBudget.class,
          "NetworkPolicy", V1NetworkPolicy.class);

  @TempDir private Path directory = Path.of("");

  @Test
  void shouldHaveNoFieldThatKubernetesDoesNotKnow() throws IOException {
    List<Object> objects = objects(Files.readString(MANIFEST));

    assertThat(objects.stream().map(Object::getClass).map(Class::getSimpleName))
        .containsExactlyInAnyOrder(
            "V1ConfigMap",
            "V1Service",
            "V1Service",
            "V1StatefulSet",
            "V1PodDisruptionBudget",
            "V1NetworkPolicy");
    String misspelt =
        Files.readString(MANIFEST).replace("terminationGracePeriodSeconds", "terminationSeconds");
    assertThatThrownBy(() -> objects(misspelt)).hasMessageContaining("terminationSeconds");
  }

  @Test
  void shouldConfigureEachPodAsANodeOfOneCluster() throws IOException {
    for (int pod = 0; pod < 3; pod++) {
      String name = "castalia-" + pod;

      NodeSettings settings = settings(name);

      assertThat(settings.cluster().host()).isEqualTo(name + ".castalia");
      assertThat(settings.cluster().seedNodes())
          .hasSize(3)
          .contains(name + ".castalia:" + settings.cluster().port());
    }
    assertThat(container().getEnv()).extracting(V1EnvVar::getName).contains("POD_NAME");
  }

  @Test
  void shouldNameThePortsThatNodesListenAt() throws IOException {
    NodeSettings settings = settings("castalia-0");

    Map<String, Integer> ports =
        container().getPorts().stream()
            .collect(Collectors.toMap(V1ContainerPort::getName, V1ContainerPort::getContainerPort));

    assertThat(ports)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "kafka", settings.kafka().port(),
                "cluster", settings.cluster().port(),
                "admin", AdminSettings.of(settings.config().getConfig("castalia")).port()));
  }

  @Test
  void shouldGiveANodeTimeToStartAndToLeave() throws IOException {
    V1Probe startup = Objects.requireNonNull(container().getStartupProbe());
    int seconds = startup.getPeriodSeconds() * startup.getFailureThreshold();

    // Two minutes for the cluster, and half a minute to leave: see docs/cluster.md.
    assertThat(seconds).isGreaterThan(120);
    assertThat(pod().getTerminationGracePeriodSeconds()).isGreaterThan(30);
  }

  private NodeSettings settings(String pod) throws IOException {
    Path file = directory.resolve("castalia.conf");
    String configuration =
        Objects.requireNonNull(one(V1ConfigMap.class).getData().get("castalia.conf"));
    Files.writeString(file, configuration.replace("${POD_NAME}", '"' + pod + '"'));
    return NodeSettings.of(SettingsSource.load(Optional.of(file), Map.of()));
  }

  private static V1PodSpec pod() throws IOException {
    return Objects.requireNonNull(
        one(V1StatefulSet.class).getSpec().getTemplate().getSpec(), "expected a pod");
  }

  private static V1Container container() throws IOException {
    return pod().getContainers().get(0);
  }

  private static <T> T one(Class<T> kind) throws IOException {
    return objects(Files.readString(MANIFEST)).stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst()
        .orElseThrow();
  }

  private static List<Object> objects(String manifest) throws IOException {
    YAMLMapper mapper = new YAMLMapper();
    List<Object> objects = new ArrayList<>();
    try (var documents = mapper.readerFor(JsonNode.class).readValues(manifest)) {
      while (documents.hasNext()) {
        JsonNode document = (JsonNode) documents.next();
        objects.add(object(document));
      }
    }
    return objects;
  }

  /** Fails for fields that are not of its kind. */
  private static Object object(JsonNode document) {
    String kind = document.path("kind").asText();
    return JSON.deserialize(document.toString(), Objects.requireNonNull(KINDS.get(kind), kind));
  }
}
