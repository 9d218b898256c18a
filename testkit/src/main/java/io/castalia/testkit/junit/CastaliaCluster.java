package io.castalia.testkit.junit;

import io.castalia.testkit.cluster.SplitResolver;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Starts a {@link io.castalia.testkit.cluster.SimulatedCluster} and puts it into this field of a
 * test class: before all tests for a static field, before each test for any other. It is closed
 * afterwards, and a test that fails is told what the cluster looked like.
 *
 * <p>Test methods may ask for the cluster as a parameter, and for clients that are closed with it:
 * {@code Producer<String, String>}, {@code Consumer<String, String>} in a group of its own that
 * begins with the first record, and {@code Admin}.
 */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SimulatedClusterExtension.class)
public @interface CastaliaCluster {

  /** How many nodes. */
  int nodes() default 3;

  /**
   * Topics that exist when the cluster has started, each as {@code NAME} or {@code
   * NAME:PARTITIONS}.
   */
  String[] topics() default {};

  /** Settings of all nodes, each as {@code KEY=VALUE}. */
  String[] settings() default {};

  /** Where what is random begins; 0: another one each time, or the property castalia.seed. */
  long seed() default 0;

  /** What nodes do about members that they cannot reach. */
  SplitResolver resolver() default SplitResolver.KEEP_MAJORITY;
}
