package io.castalia.testkit.junit;

import io.castalia.testkit.cluster.SimulatedCluster;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ModifierSupport;

/** Fills the fields that are marked with {@link CastaliaCluster}; registered by that. */
public final class SimulatedClusterExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterTestExecutionCallback,
        ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SimulatedClusterExtension.class);

  private static final Map<Class<?>, Function<SimulatedCluster, Object>> PARAMETERS =
      Map.of(
          SimulatedCluster.class,
          cluster -> cluster,
          Producer.class,
          SimulatedCluster::producer,
          Consumer.class,
          cluster -> cluster.consumer("test-" + UUID.randomUUID()),
          Admin.class,
          SimulatedCluster::admin);

  /** Called by JUnit. */
  public SimulatedClusterExtension() {}

  /** JUnit closes what is in a context's store when the context ends. */
  private record Running(Field field, SimulatedCluster cluster) implements AutoCloseable {
    @Override
    public void close() {
      cluster.close();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    fields(context).stream()
        .filter(ModifierSupport::isStatic)
        .forEach(field -> fill(field, null, context));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    fields(context).stream()
        .filter(ModifierSupport::isNotStatic)
        .forEach(field -> fill(field, context.getRequiredTestInstance(), context));
  }

  private static List<Field> fields(ExtensionContext context) {
    return AnnotationSupport.findAnnotatedFields(
        context.getRequiredTestClass(),
        CastaliaCluster.class,
        field -> true,
        HierarchyTraversalMode.TOP_DOWN);
  }

  private static void fill(Field field, @Nullable Object test, ExtensionContext context) {
    if (field.getType() != SimulatedCluster.class) {
      throw new ExtensionConfigurationException(
          "expected field \"%s\" to be a SimulatedCluster, but it is a %s"
              .formatted(field.getName(), field.getType().getSimpleName()));
    }
    if (context.getStore(NAMESPACE).get(field) != null) {
      return;
    }
    SimulatedCluster cluster =
        ClusterPlan.of(field.getAnnotation(CastaliaCluster.class), field.getName()).start();
    context.getStore(NAMESPACE).put(field, new Running(field, cluster));
    try {
      field.setAccessible(true);
      field.set(test, cluster);
    } catch (IllegalAccessException e) {
      throw new ExtensionConfigurationException(
          "expected to set field \"" + field.getName() + "\"", e);
    }
  }

  /** Adds what the clusters look like to what the failed test threw. */
  @Override
  public void afterTestExecution(ExtensionContext context) {
    context
        .getExecutionException()
        .ifPresent(
            failure ->
                running(context)
                    .forEach(each -> failure.addSuppressed(new ClusterAtFailure(each.cluster()))));
  }

  private static List<Running> running(ExtensionContext context) {
    return fields(context).stream()
        .flatMap(field -> Stream.ofNullable(context.getStore(NAMESPACE).get(field, Running.class)))
        .toList();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return PARAMETERS.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    List<Running> running = running(context);
    if (running.size() != 1) {
      throw new ParameterResolutionException(
          "expected one cluster in the test class for parameter \"%s\", but it has %d"
              .formatted(parameter.getParameter().getName(), running.size()));
    }
    Function<SimulatedCluster, Object> make = PARAMETERS.get(parameter.getParameter().getType());
    if (make == null) {
      throw new ParameterResolutionException(
          "expected one of " + PARAMETERS.keySet() + " as " + parameter.getParameter());
    }
    return make.apply(running.get(0).cluster());
  }
}
