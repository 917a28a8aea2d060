package dev.trainyard;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

@AnalyzeClasses(packages = "dev.trainyard", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @Test
  void modules_use_only_what_they_declare() {
    ApplicationModules.of(Trainyard.class).verify();
  }

  @ArchTest
  final ArchRule packages_form_a_dag =
      slices().matching("dev.trainyard.(**)").should().beFreeOfCycles();

  @ArchTest
  final ArchRule the_trainer_and_the_specs_know_no_spring_http_or_database =
      noClasses()
          .that()
          .resideInAnyPackage("dev.trainyard.trainer..", "dev.trainyard.spec..")
          .and()
          .doNotHaveSimpleName("package-info")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework..", "jakarta.persistence..", "jakarta.servlet..", "java.sql..");

  @ArchTest
  final ArchRule commands_know_no_spring_and_nothing_of_the_service_but_specs =
      noClasses()
          .that()
          .resideInAPackage("dev.trainyard.cli..")
          .and()
          .doNotHaveSimpleName("package-info")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.springframework..", "dev.trainyard..")
                  .and(not(resideInAnyPackage("dev.trainyard.cli..", "dev.trainyard.spec.."))));

  @ArchTest
  final ArchRule only_the_main_class_knows_of_commands =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.trainyard.cli..")
          .and()
          .doNotHaveFullyQualifiedName("dev.trainyard.Trainyard")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.trainyard.cli..");

  @ArchTest
  final ArchRule only_the_trainer_touches_tensorflow =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.trainyard.trainer..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tensorflow..", "org.bytedeco..");

  @ArchTest
  final ArchRule the_protocol_has_no_tensorflow_types =
      noClasses()
          .that()
          .resideInAPackage("dev.trainyard.trainer.protocol..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tensorflow..");

  @ArchTest
  final ArchRule time_comes_from_the_clock =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  final ArchRule dependencies_come_by_constructor =
      GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

  @ArchTest
  final ArchRule names_say_what_things_are =
      noClasses().should().haveNameMatching(".*(Impl|Utils?|Helper|Manager|Dto|DTO)");

  @ArchTest
  final ArchRule entities_stay_in_their_module =
      classes()
          .that()
          .areAnnotatedWith(jakarta.persistence.Entity.class)
          .should()
          .notBePublic()
          .allowEmptyShould(true);
}
