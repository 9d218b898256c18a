package io.castalia.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;

/** What may know what. */
@AnalyzeClasses(packages = "io.castalia", importOptions = ImportOption.DoNotIncludeTests.class)
final class ModuleRulesTest {
  private static final String[] ABOVE_API = {
    "io.castalia.actors..",
    "io.castalia.persistence..",
    "io.castalia.streams..",
    "io.castalia.node..",
    "io.castalia.testkit.."
  };

  @ArchTest
  static final ArchRule API_STANDS_ALONE =
      noClasses()
          .that()
          .resideInAPackage("io.castalia.api..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ABOVE_API);

  @ArchTest
  static final ArchRule PERSISTENCE_KNOWS_NOTHING_OF_RECORDS =
      noClasses()
          .that()
          .resideInAPackage("io.castalia.persistence..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "io.castalia.api..",
              "io.castalia.actors..",
              "io.castalia.streams..",
              "io.castalia.node..");

  @ArchTest
  static final ArchRule ACTORS_NEVER_SEE_THE_STORE =
      noClasses()
          .that()
          .resideInAPackage("io.castalia.actors..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.datastax..",
              "io.castalia.persistence.cassandra..",
              "io.castalia.persistence.embedded..",
              "io.castalia.streams..",
              "io.castalia.node..");

  @ArchTest
  static final ArchRule STREAMS_STAND_ON_API_ALONE =
      noClasses()
          .that()
          .resideInAPackage("io.castalia.streams..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.castalia.actors..", "io.castalia.persistence..", "io.castalia.node..");

  @ArchTest
  static final ArchRule TOPOLOGIES_ARE_PURE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.castalia.streams.processing",
              "io.castalia.streams.processing.internal",
              "io.castalia.streams.processing.pages",
              "io.castalia.streams.processing.state",
              "io.castalia.streams.processing.test")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.pekko.actor..",
              "org.apache.pekko.persistence..",
              "org.apache.pekko.cluster..",
              "org.apache.pekko.stream..",
              "io.castalia.streams.processing.runtime..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime");

  @ArchTest
  static final ArchRule ONLY_THE_STORE_AND_ITS_CONNECTOR_SEE_THE_DRIVER =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.castalia.persistence.cassandra..", "io.castalia.streams.connect.cassandra..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.datastax..");

  @ArchTest
  static final ArchRule DECISIONS_ARE_PURE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.castalia.api..", "io.castalia.actors..", "io.castalia.persistence..")
          .and()
          .haveNameMatching(".*(Logic|State)")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.pekko.actor..",
              "org.apache.pekko.persistence..",
              "org.apache.pekko.cluster..",
              "org.apache.pekko.stream..",
              "com.datastax..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime");

  @ArchTest
  static final ArchRule THE_COMMAND_LINE_IS_THE_OUTERMOST =
      classes()
          .that()
          .resideInAPackage("io.castalia.node.cli..")
          .should()
          .onlyHaveDependentClassesThat()
          .resideInAPackage("io.castalia.node.cli..");
}
