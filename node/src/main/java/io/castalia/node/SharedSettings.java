package io.castalia.node;

import com.typesafe.config.Config;
import java.util.List;
import org.apache.pekko.cluster.ConfigValidation;
import org.apache.pekko.cluster.JoinConfigCompatChecker;
import org.apache.pekko.cluster.Valid$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Settings that the nodes of a cluster must agree in; one that does not is not let in. Members that
 * are no nodes are.
 */
final class SharedSettings extends JoinConfigCompatChecker {
  static final List<String> KEYS =
      List.of(
          "castalia.partition.number-of-shards",
          "castalia.groups.slots",
          "castalia.groups.roles",
          "castalia.persistence.store",
          "castalia.persistence.cassandra.keyspace",
          "pekko.cluster.sharding.role");

  @Override
  public Seq<String> requiredKeys() {
    return CollectionConverters.asScala(KEYS).toSeq();
  }

  @Override
  public ConfigValidation check(Config joining, Config own) {
    return joining.hasPath("castalia")
        ? JoinConfigCompatChecker.fullMatch(requiredKeys(), joining, own)
        : serviceWithoutNode();
  }

  /** It says nothing of what it need not have. */
  private static ConfigValidation serviceWithoutNode() {
    return Valid$.MODULE$;
  }
}
