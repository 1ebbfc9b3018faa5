package org.uniem.commands.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.uniem.job.ResourceException;

class WorkerClassPathTest {

  private static List<String> found(List<String> needed, String... installed) {
    return new WorkerClassPath(Stream.of(installed).map(Path::of).toList())
        .libraries(needed).stream().map(Path::toString).map(s -> s.replace('\\', '/')).toList();
  }

  @Test
  void buildListsWhatNetworksNeedAndNothingOfFijiAlone() {
    List<String> names = WorkerClassPath.needed();
    for (String artifact : List.of("scijava-common", "imglib2", "gson", "tensorflow-core-api")) {
      assertTrue(names.stream().anyMatch(name -> name.startsWith(artifact + "-")), artifact);
    }
    // Libraries of the profile "fiji" take the scope "provided", or a worker would need them.
    for (String artifact : List.of("bigdataviewer", "labkit", "imagej-", "scifio", "junit")) {
      assertFalse(names.stream().anyMatch(name -> name.startsWith(artifact)), artifact);
    }
  }

  @Test
  void everyNeededJarIsFoundOnThisClassPath() {
    List<Path> classPath = WorkerClassPath.find(WorkerProcess.class);
    assertTrue(classPath.size() > WorkerClassPath.needed().size());
  }

  @Test
  void otherJarsAreLeftOut() {
    assertEquals(
        List.of("jars/tensorflow-core-api-1.1.0.jar"),
        found(
            List.of("tensorflow-core-api-1.1.0.jar"),
            "jars/libtensorflow-1.15.0.jar",
            "jars/tensorflow-core-api-1.1.0.jar"));
  }

  @Test
  void anotherVersionOfTheSameArtifactIsTaken() {
    assertEquals(
        List.of("jars/imglib2-8.0.0.jar"),
        found(
            List.of("imglib2-7.1.5.jar"),
            "jars/imglib2-cache-1.0.0.jar",
            "jars/imglib2-8.0.0.jar"));
    assertEquals(
        List.of("b/ij-1.54p.jar"),
        found(List.of("ij-1.54p.jar"), "a/ij-1.53t.jar", "b/ij-1.54p.jar"));
  }

  @Test
  void tensorFlowMustBeTheOneOfTheBuild() {
    ResourceException missing =
        assertThrows(
            ResourceException.class,
            () -> found(List.of("tensorflow-core-api-1.1.0.jar"), "tensorflow-core-api-1.2.0.jar"));
    assertTrue(
        missing.getMessage().contains("because tensorflow-core-api-1.1.0.jar is missing: put it"));
  }

  @Test
  void nativeLibraryOfThisComputerIsTakenWhereverTheBuildWasMade() {
    assertEquals(
        List.of("jars/win64/tensorflow-core-native-1.1.0-windows-x86_64.jar"),
        found(
            List.of("tensorflow-core-native-1.1.0-linux-x86_64.jar"),
            "jars/tensorflow-core-native-1.1.0.jar",
            "jars/win64/tensorflow-core-native-1.1.0-windows-x86_64.jar"));
    assertEquals(
        List.of("tensorflow-core-native-1.1.0-linux-x86_64-gpu.jar"),
        found(
            List.of("tensorflow-core-native-1.1.0-linux-x86_64.jar"),
            "tensorflow-core-native-1.1.0-linux-x86_64.jar",
            "tensorflow-core-native-1.1.0-linux-x86_64-gpu.jar"));
  }

  @Test
  void allMissingJarsAreNamedInOneSentence() {
    ResourceException missing =
        assertThrows(
            ResourceException.class,
            () ->
                found(List.of("gson-2.10.1.jar", "ndarray-1.0.0.jar", "ij-1.54p.jar"), "ij-1.jar"));
    assertTrue(
        missing.getMessage().contains("gson-2.10.1.jar, ndarray-1.0.0.jar are missing"),
        missing.getMessage());
  }
}
