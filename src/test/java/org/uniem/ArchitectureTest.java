package org.uniem;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** Holds the package structure to the layers it was designed in. */
@AnalyzeClasses(packages = "org.uniem", importOptions = ArchitectureTest.OutsideTests.class)
class ArchitectureTest {

  /** Also where a profile builds in a folder of its own. */
  static final class OutsideTests implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/");
    }
  }

  /** From the lowest layer up; packages of one layer do not know each other. */
  private static final List<List<String>> LAYERS =
      List.of(
          List.of("job"),
          List.of("volumes"),
          List.of("filters", "metrics"),
          List.of("postprocess", "annotation"),
          List.of("floodfilling", "proofreading"),
          List.of("networks"),
          List.of("viewers"),
          List.of("commands"),
          List.of("fiji", "distributed"));

  /** A room of {@code commands} for each group of the menu. */
  private static final List<String> COMMAND_GROUPS =
      List.of(
          "data",
          "networks",
          "floodfilling",
          "postprocess",
          "objects",
          "scores",
          "proofread",
          "view");

  /** The rooms of {@code commands} that all groups stand on. */
  private static final List<String> COMMAND_BASES =
      List.of("parameters", "dialogs", "progress", "worker", "report", "execution");

  /** Everything that must run without a screen. */
  private static final String[] BELOW_VIEWERS =
      LAYERS.subList(0, 6).stream()
          .flatMap(List::stream)
          .map(ArchitectureTest::inside)
          .toArray(String[]::new);

  /** The one class that talks to a terminal, with what is nested in it. */
  private static final String COMMAND_LINE = "org\\.uniem\\.commands\\.UniEm(\\$.*)?";

  @ArchTest
  static void packagesImportStrictlyLowerLayersOnly(JavaClasses classes) {
    List<String> allowed = new ArrayList<>();
    for (List<String> layer : LAYERS) {
      for (String name : layer) {
        List<String> own = new ArrayList<>(allowed);
        own.add(inside(name));
        noClasses()
            .that()
            .resideInAPackage(inside(name))
            .should()
            .dependOnClassesThat(
                resideInAPackage("org.uniem..")
                    .and(not(resideInAnyPackage(own.toArray(String[]::new)))))
            .because(name + " may know only itself and " + allowed)
            .allowEmptyShould(true)
            .check(classes);
      }
      layer.forEach(name -> allowed.add(inside(name)));
    }
  }

  @ArchTest
  static void groupsOfCommandsDoNotKnowEachOther(JavaClasses classes) {
    for (String group : COMMAND_GROUPS) {
      List<String> own = new ArrayList<>(COMMAND_BASES);
      own.add(group);
      noClasses()
          .that()
          .resideInAPackage(inside("commands." + group))
          .should()
          .dependOnClassesThat(areInCommandsOutside(own))
          .because("a group of commands stands on " + COMMAND_BASES + " alone")
          .allowEmptyShould(true)
          .check(classes);
    }
  }

  @ArchTest
  static void whatCommandsStandOnKnowsNoGroup(JavaClasses classes) {
    for (String base : COMMAND_BASES) {
      noClasses()
          .that()
          .resideInAPackage(inside("commands." + base))
          .should()
          .dependOnClassesThat(areInCommandsOutside(COMMAND_BASES))
          .check(classes);
    }
  }

  @ArchTest
  static void commandLineFindsCommandsByNameOnly(JavaClasses classes) {
    noClasses()
        .that()
        .resideInAPackage("org.uniem.commands")
        .should()
        .dependOnClassesThat(areInCommandsOutside(COMMAND_BASES))
        .check(classes);
  }

  @ArchTest
  static void everyClassHasALayer(JavaClasses classes) {
    classes()
        .should()
        .resideInAnyPackage(
            LAYERS.stream()
                .flatMap(List::stream)
                .map(ArchitectureTest::inside)
                .toArray(String[]::new))
        .andShould()
        .resideOutsideOfPackages("..util..", "..helper..", "..common..")
        .check(classes);
  }

  @ArchTest
  static void packagesHaveNoCycles(JavaClasses classes) {
    slices().matching("org.uniem.(**)").should().beFreeOfCycles().check(classes);
  }

  @ArchTest
  static void onlyNetworksSeeTensorFlow(JavaClasses classes) {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.uniem.networks..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.tensorflow..", "org.bytedeco..")
        .check(classes);
  }

  @ArchTest
  static void onlyVolumesAndTrainingPreviewsSeePictures(JavaClasses classes) {
    noClasses()
        .that()
        .resideInAnyPackage(BELOW_VIEWERS)
        .and()
        .resideOutsideOfPackages("org.uniem.volumes..", "org.uniem.networks.training..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.awt..")
        .check(classes);
  }

  @ArchTest
  static void nothingBelowViewersOpensWindows(JavaClasses classes) {
    noClasses()
        .that()
        .resideInAnyPackage(BELOW_VIEWERS)
        .should()
        .dependOnClassesThat(
            resideInAPackage("java.awt..")
                .and(not(resideInAPackage("java.awt.image..")))
                .or(resideInAnyPackage("javax.swing..", "ij.gui.."))
                .or(named("ij.IJ", "ij.WindowManager")))
        .check(classes);
  }

  @ArchTest
  static void onlyTheCommandLinePrints(JavaClasses classes) {
    noClasses()
        .that()
        .haveNameNotMatching(COMMAND_LINE)
        .should(ACCESS_STANDARD_STREAMS)
        .orShould()
        .callMethodWhere(
            target(name("printStackTrace")).and(target(owner(assignableTo(Throwable.class)))))
        .check(classes);
  }

  @ArchTest
  static void staticFieldsAreFinal(JavaClasses classes) {
    fields().that().areStatic().should().beFinal().check(classes);
  }

  @ArchTest
  static void staticFieldsHoldNoMutableState(JavaClasses classes) {
    noFields()
        .that(areStaticInSource())
        .should()
        .haveRawType(mutable())
        .because("two jobs in one Fiji must not meet; arrays are fine where nobody else sees them")
        .check(classes);
  }

  private static DescribedPredicate<JavaField> areStaticInSource() {
    return DescribedPredicate.describe(
        "are static",
        field ->
            field.getModifiers().contains(JavaModifier.STATIC)
                && !field.getModifiers().contains(JavaModifier.SYNTHETIC)
                && !(field.getRawType().isArray()
                    && field.getModifiers().contains(JavaModifier.PRIVATE)));
  }

  private static DescribedPredicate<JavaClass> mutable() {
    return DescribedPredicate.describe(
        "that can change",
        type ->
            type.isArray()
                || type.getPackageName().equals("java.util.concurrent.atomic")
                || Stream.of(Executor.class, Random.class, StringBuilder.class, ThreadLocal.class)
                    .anyMatch(type::isAssignableTo)
                || !type.isInterface()
                    && Stream.of(Collection.class, Map.class).anyMatch(type::isAssignableTo));
  }

  private static DescribedPredicate<JavaClass> areInCommandsOutside(List<String> rooms) {
    String[] allowed =
        rooms.stream().map(room -> inside("commands." + room)).toArray(String[]::new);
    return resideInAPackage("org.uniem.commands.*..")
        .and(not(resideInAnyPackage(allowed)))
        .as("are in commands outside of " + rooms);
  }

  private static DescribedPredicate<JavaClass> named(String... names) {
    return DescribedPredicate.describe(
        "are " + List.of(names), type -> List.of(names).contains(type.getName()));
  }

  private static String inside(String name) {
    return "org.uniem." + name + "..";
  }
}
