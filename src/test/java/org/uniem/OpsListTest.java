package org.uniem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.imglib2.RandomAccessibleInterval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.uniem.annotation.ObjectVoxels;
import org.uniem.job.Job;
import org.uniem.metrics.ContingencyTable;
import org.uniem.postprocess.agglomeration.RegionGraph;
import org.uniem.volumes.LabelSlices;
import org.uniem.volumes.SliceReader;
import org.uniem.volumes.Volume;
import org.yaml.snakeyaml.Yaml;

/** Holds ops.yaml, by which SciJava Ops finds the algorithms, to the code. */
class OpsListTest {

  private static final String[] ALGORITHMS = {
    "org.uniem.filters", "org.uniem.metrics", "org.uniem.postprocess", "org.uniem.annotation"
  };

  /** What tells an algorithm from other static methods: it takes one of these. */
  private static final Set<Class<?>> SUBJECTS =
      Set.of(
          Job.class,
          RandomAccessibleInterval.class,
          SliceReader.class,
          LabelSlices.class,
          Volume.class,
          ContingencyTable.class,
          RegionGraph.class,
          ObjectVoxels.class);

  /** Algorithms that are no Ops, with the reason. */
  private static final Map<String, String> LEFT_OUT =
      Map.of(
          "org.uniem.filters.FilterPipeline.run", "hands slices to a callback, returns nothing",
          "org.uniem.metrics.ObjectMatches.of", "names the objects that the scores count",
          "org.uniem.filters.FilterPipeline.preview", "serves the preview of the command",
          "org.uniem.filters.distance.DistanceTransform.ofSlice", "fills an array, returns nothing",
          "org.uniem.annotation.ObjectTasks.each", "hands objects to a callback, returns nothing",
          "org.uniem.annotation.meshes.Meshing.each", "hands meshes to a callback, returns nothing",
          "org.uniem.postprocess.labelling.RunPainter.on", "a tool of other algorithms",
          "org.uniem.postprocess.agglomeration.MulticutProblem.of", "a step of the multicut",
          "org.uniem.postprocess.agglomeration.MulticutSegmentation.contractGreedily",
              "a step of the multicut");

  /** An entry of the list. */
  private record Op(
      List<String> names, String description, String source, List<Map<String, String>> parameters) {

    Method method() throws ReflectiveOperationException {
      String path = URI.create(source).getPath();
      assertTrue(source.startsWith("javaMethod:/"), source);
      String owner = path.substring(1, path.lastIndexOf('.', path.indexOf('(')));
      String name = path.substring(owner.length() + 2, path.indexOf('('));
      Class<?> type = Class.forName(owner);
      String erased = path.substring(path.indexOf('('));
      return Arrays.stream(type.getMethods())
          .filter(
              method -> method.getName().equals(name) && erasedParameters(method).equals(erased))
          .findFirst()
          .orElseThrow(
              () -> new AssertionError("ops.yaml names " + path + ", which there is not."));
    }

    List<String> of(String key) {
      return parameters.stream().map(parameter -> parameter.get(key)).toList();
    }

    boolean returns() {
      return of("parameter type").contains("OUTPUT");
    }

    @Override
    public String toString() {
      return names.get(0);
    }
  }

  private static String erasedParameters(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getTypeName)
        .collect(Collectors.joining(",", "(", ")"));
  }

  static List<Op> ops() throws IOException {
    try (InputStream in = OpsListTest.class.getResourceAsStream("/ops.yaml")) {
      List<Op> ops = new ArrayList<>();
      List<Map<String, Map<String, Object>>> entries = new Yaml().load(in);
      for (Map<String, Map<String, Object>> entry : entries) {
        ops.add(op(entry.get("op")));
      }
      return ops;
    }
  }

  @SuppressWarnings("unchecked")
  private static Op op(Map<String, Object> entry) {
    return new Op(
        (List<String>) entry.get("names"),
        (String) entry.get("description"),
        (String) entry.get("source"),
        (List<Map<String, String>>) entry.get("parameters"));
  }

  @ParameterizedTest
  @MethodSource("ops")
  void entryNamesAPublicStaticMethodWithTheseParameters(Op op) throws Exception {
    Method method = op.method();
    assertTrue(Modifier.isStatic(method.getModifiers()), method + " is static");
    assertTrue(Modifier.isPublic(method.getDeclaringClass().getModifiers()), method + " is seen");
    List<String> types =
        Arrays.stream(method.getGenericParameterTypes())
            .map(Type::getTypeName)
            .collect(Collectors.toCollection(ArrayList::new));
    List<String> names = op.of("name");
    if (op.returns()) {
      Type type = method.getGenericReturnType();
      types.add(type == long.class ? Long.class.getName() : type.getTypeName());
      assertEquals("output", names.get(names.size() - 1));
      names = names.subList(0, names.size() - 1);
    }
    assertEquals(types, op.of("type"));
    assertTrue(
        declaredNames(method).contains(names),
        method + " has no overload with parameters " + names);
  }

  /** An engine turns methods into functions or computers, and cannot drop what one returns. */
  @ParameterizedTest
  @MethodSource("ops")
  void eitherFillsOneImageOrReturnsSomething(Op op) throws Exception {
    List<String> kinds = op.of("parameter type");
    boolean returns = op.method().getReturnType() != void.class;
    assertEquals(returns ? 1 : 0, kinds.stream().filter("OUTPUT"::equals).count(), "outputs");
    assertEquals(returns ? 0 : 1, kinds.stream().filter("CONTAINER"::equals).count(), "containers");
    int container = kinds.indexOf("CONTAINER");
    assertTrue(
        returns || op.method().getParameterTypes()[container] == RandomAccessibleInterval.class);
    assertTrue(Set.of("INPUT", "OUTPUT", "CONTAINER").containsAll(kinds), "kinds: " + kinds);
  }

  @ParameterizedTest
  @MethodSource("ops")
  void everythingIsDescribed(Op op) {
    assertFalse(op.description().isBlank());
    op.of("description").forEach(description -> assertFalse(description.isBlank()));
    assertTrue(op.names().get(0).matches("uniem\\.[a-z]+\\.[a-zA-Z]+"), op.names().get(0));
  }

  @Test
  void everyAlgorithmIsListed() throws Exception {
    Set<String> listed = new HashSet<>();
    for (Op op : ops()) {
      assertTrue(listed.add(signature(op.method())), op + " is listed twice");
    }
    Map<String, Method> algorithms = algorithms();
    for (Map.Entry<String, Method> algorithm : algorithms.entrySet()) {
      Method method = algorithm.getValue();
      String name = method.getDeclaringClass().getName() + "." + method.getName();
      assertTrue(
          listed.contains(algorithm.getKey()) != LEFT_OUT.containsKey(name),
          "Not both in ops.yaml and left out, but one of both: " + algorithm.getKey());
    }
    for (String name : LEFT_OUT.keySet()) {
      assertTrue(
          algorithms.keySet().stream().anyMatch(signature -> signature.startsWith(name + "(")),
          "left out, but not there: " + name);
    }
  }

  private static Map<String, Method> algorithms() {
    Map<String, Method> algorithms = new TreeMap<>();
    new ClassFileImporter()
        .withImportOption(new ArchitectureTest.OutsideTests()).importPackages(ALGORITHMS).stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(type -> Stream.of(type.reflect().getDeclaredMethods()))
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .filter(method -> Stream.of(method.getParameterTypes()).anyMatch(SUBJECTS::contains))
            .forEach(method -> algorithms.put(signature(method), method));
    return algorithms;
  }

  private static String signature(Method method) {
    return method.getDeclaringClass().getName() + "." + method.getName() + erasedParameters(method);
  }

  /** The names of the parameters of all methods of a name, which class files do not keep. */
  private static List<List<String>> declaredNames(Method method) throws IOException {
    Path file =
        Path.of("src/main/java", method.getDeclaringClass().getName().replace('.', '/') + ".java");
    String source = Files.readString(file).replaceAll("(?s)/\\*.*?\\*/|//[^\n]*", "");
    Matcher declaration =
        Pattern.compile("[\\w\\]>]\\s+" + method.getName() + "\\(([^;{]*?)\\)\\s*\\{")
            .matcher(source);
    List<List<String>> found = new ArrayList<>();
    while (declaration.find()) {
      String parameters = declaration.group(1);
      while (parameters.contains("<")) {
        parameters = parameters.replaceAll("<[^<>]*>", "");
      }
      found.add(
          Stream.of(parameters.split(",")).map(String::strip).map(OpsListTest::lastWord).toList());
    }
    return found;
  }

  private static String lastWord(String text) {
    return text.substring(text.lastIndexOf(' ') + 1);
  }
}
