package org.positionmanager.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Each module depends only on those above it, and does only its own work. */
@AnalyzeClasses(packages = "org.positionmanager", importOptions = DoNotIncludeTests.class)
class ModuleLinesTest {
  @ArchTest
  static final ArchRule modulesDependOneWayOnly =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("workflows")
          .definedBy("org.positionmanager.workflows..")
          .layer("activities")
          .definedBy("org.positionmanager.activities..")
          .layer("worker")
          .definedBy("org.positionmanager.worker..")
          .layer("starter")
          .definedBy("org.positionmanager.starter..")
          .layer("simulator")
          .definedBy("org.positionmanager.simulator..")
          .layer("e2e")
          .definedBy("org.positionmanager.e2e..")
          .layer("benchmarks")
          .definedBy("org.positionmanager.benchmarks..")
          .whereLayer("benchmarks")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("e2e")
          .mayOnlyBeAccessedByLayers("benchmarks")
          .whereLayer("simulator")
          .mayOnlyBeAccessedByLayers("e2e", "benchmarks")
          .whereLayer("starter")
          .mayOnlyBeAccessedByLayers("simulator", "e2e", "benchmarks")
          .whereLayer("worker")
          .mayOnlyBeAccessedByLayers("starter", "e2e", "benchmarks")
          .whereLayer("activities")
          .mayOnlyBeAccessedByLayers("worker", "starter", "e2e", "benchmarks");

  @ArchTest
  static final ArchRule workflowsDoNoInputOrOutput =
      noClasses()
          .that()
          .resideInAPackage("org.positionmanager.workflows..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..",
              "java.net..",
              "java.nio..",
              "java.io..",
              "okhttp3..",
              "net.jacobpeterson..",
              "org.jdbi..",
              "io.javalin..");

  @ArchTest
  static final ArchRule workflowsReadNoClockAndNoChance =
      noClasses()
          .that()
          .resideInAPackage("org.positionmanager.workflows..")
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.util.UUID.class, "randomUUID");

  @ArchTest
  static final ArchRule theStarterDoesNotTalkToTheBroker =
      noClasses()
          .that()
          .resideInAPackage("org.positionmanager.starter..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.positionmanager.activities.alpaca..",
              "org.positionmanager.activities.trading..");

  @ArchTest
  static final ArchRule valueTypesStandAlone =
      classes()
          .that()
          .resideInAPackage("org.positionmanager.workflows.value..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "com.fasterxml.jackson..", "org.positionmanager.workflows.value..");
}
