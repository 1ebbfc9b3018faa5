package org.uniem.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.util.ClassUtils;
import org.scijava.widget.Button;
import org.uniem.commands.execution.NetworkCommand;
import org.uniem.commands.parameters.CommandParameters;

/** What the jar offers: plugin index, names, menus and the frozen parameter names. */
class CommandIndexTest {

  private static final Path CLASSES = classes();

  private static Path classes() {
    URL location = UniEm.class.getProtectionDomain().getCodeSource().getLocation();
    return Path.of(URI.create(location.toString()));
  }

  private static List<Class<?>> commands() throws Exception {
    List<Class<?>> commands = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(CLASSES.resolve("org/uniem"))) {
      for (Path file : walk.filter(p -> p.toString().endsWith(".class")).sorted().toList()) {
        String name = CLASSES.relativize(file).toString().replace(".class", "");
        Class<?> type =
            Class.forName(
                name.replace('/', '.').replace('\\', '.'), false, UniEm.class.getClassLoader());
        Plugin plugin = type.getAnnotation(Plugin.class);
        if (plugin != null && plugin.type() == Command.class) {
          commands.add(type);
        }
      }
    }
    return commands;
  }

  /** Missing if the compiler runs no annotation processors, the default from JDK 23 on. */
  @Test
  void pluginIndexListsEveryCommand() throws Exception {
    Path index = CLASSES.resolve("META-INF/json/org.scijava.plugin.Plugin");
    assertTrue(Files.exists(index), "the plugin index is missing");
    String json = Files.readString(index, StandardCharsets.UTF_8);
    assertFalse(commands().isEmpty());
    for (Class<?> command : commands()) {
      assertTrue(json.contains('"' + command.getName() + '"'), command.getName());
    }
  }

  @Test
  void namesAndMenusAreUniqueAndComplete() throws Exception {
    Set<String> names = new HashSet<>();
    Set<String> paths = new HashSet<>();
    for (Class<?> command : commands()) {
      Plugin plugin = command.getAnnotation(Plugin.class);
      assertTrue(plugin.name().matches("[a-z]+(-[a-z]+)*"), command.getName());
      assertTrue(
          names.add(plugin.name()),
          plugin.name() + " is there twice; if its class has moved, delete target/classes");
      assertTrue(plugin.headless(), plugin.name());
      assertFalse(plugin.description().isEmpty(), plugin.name());
      List<String> labels = Stream.of(plugin.menu()).map(Menu::label).toList();
      assertTrue(paths.add(String.join(">", labels)), plugin.name());
      for (Menu menu : plugin.menu()) {
        assertTrue(menu.mnemonic() != '\0', plugin.name() + " " + menu.label());
      }
    }
  }

  /** ImageJ knows commands by the last part of their menu alone: the later one takes the place. */
  @Test
  void noLabelIsTwiceInTheSuiteOrOneOfImageJ() throws Exception {
    Set<String> labels = new HashSet<>();
    Set<String> imageJ = labelsOfImageJ();
    assertTrue(imageJ.containsAll(Set.of("Convert...", "Watershed", "Skeletonize")), "" + imageJ);
    for (Class<?> command : commands()) {
      Menu[] menu = command.getAnnotation(Plugin.class).menu();
      String label = menu[menu.length - 1].label();
      assertTrue(labels.add(label), label + " is twice in the suite");
      assertFalse(imageJ.contains(label), label + " is one of ImageJ");
    }
  }

  private static Set<String> labelsOfImageJ() throws Exception {
    try (var stream = ij.IJ.class.getResourceAsStream("/IJ_Props.txt")) {
      String text = new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
      return Pattern.compile("^[a-z0-9_]+=\"([^\"]+)\"", Pattern.MULTILINE)
          .matcher(text)
          .results()
          .map(found -> found.group(1))
          .collect(Collectors.toSet());
    }
  }

  /** The whole menu in its order: by weight, then by name. */
  @Test
  void menuListsEveryCommandOnceInWorkflowOrder() throws Exception {
    List<Plugin> plugins = new ArrayList<>();
    for (Class<?> command : commands()) {
      plugins.add(command.getAnnotation(Plugin.class));
    }
    plugins.sort(
        (a, b) -> {
          for (int i = 0; i < Math.min(a.menu().length, b.menu().length); i++) {
            int order = Double.compare(a.menu()[i].weight(), b.menu()[i].weight());
            order = order == 0 ? a.menu()[i].label().compareTo(b.menu()[i].label()) : order;
            if (order != 0) {
              return order;
            }
          }
          return 0;
        });
    List<String> menu =
        plugins.stream()
            .map(
                plugin ->
                    Stream.of(plugin.menu()).map(Menu::label).collect(Collectors.joining(" > ")))
            .toList();
    try (var stream = CommandIndexTest.class.getResourceAsStream("menu.txt")) {
      assertEquals(
          new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip(),
          String.join("\n", menu));
    }
  }

  @Test
  void labelsHaveConsistentCapitals() throws Exception {
    for (Class<?> command : commands()) {
      for (Menu menu : command.getAnnotation(Plugin.class).menu()) {
        for (String word : menu.label().split("[ (]+")) {
          assertTrue(word.matches("(to|in|of|the)|[A-Z].*"), command.getSimpleName() + ": " + word);
        }
      }
      for (CommandParameters.Input input : CommandParameters.of(command)) {
        String label = input.annotation().label();
        assertTrue(label.matches("[A-Z].*") && label.length() <= 28, label);
      }
    }
  }

  @Test
  void headingsAndButtonsAreNoParameters() throws Exception {
    List<String> shown = new ArrayList<>();
    for (Class<?> command : commands()) {
      for (var field : ClassUtils.getAnnotatedFields(command, Parameter.class)) {
        boolean heading =
            field.getAnnotation(Parameter.class).visibility() == ItemVisibility.MESSAGE;
        if (heading || field.getType() == Button.class) {
          shown.add(command.getSimpleName() + "." + field.getName());
          assertFalse(field.getAnnotation(Parameter.class).required(), field.toString());
        }
      }
      assertTrue(
          CommandParameters.of(command).stream()
              .noneMatch(input -> input.field().getType() == Button.class));
    }
    assertTrue(shown.contains("TrainNetwork.dataHeading"), shown.toString());
    assertTrue(shown.contains("TrainNetwork.restore"), shown.toString());
    String help = CommandLineRun.of("--help", "train-network").out();
    for (String word : List.of("Heading", "restore", "Restore", "how to cite", "<b>")) {
      assertFalse(help.contains(word), word);
    }
    assertEquals(UniEm.WRONG_USAGE, CommandLineRun.of("train-network", "restore=x").status());
    assertEquals(UniEm.WRONG_USAGE, CommandLineRun.of("train-network", "dataHeading=x").status());
  }

  /** A drop-down that lacks the default shows, and would record, another value. */
  @Test
  void commandsThatRunNetworksSayWhereTheyRun() throws Exception {
    int found = 0;
    for (Class<?> command : commands()) {
      if (NetworkCommand.class.isAssignableFrom(command)) {
        found++;
        List<String> names =
            CommandParameters.of(command).stream().map(CommandParameters.Input::name).toList();
        assertTrue(names.containsAll(List.of("device", "threads")), command.getSimpleName());
      }
    }
    assertTrue(found >= 5, found + " commands run networks");
  }

  @Test
  void choicesHoldTheDefaultAndAreText() throws Exception {
    for (Class<?> command : commands()) {
      for (CommandParameters.Input input : CommandParameters.of(command)) {
        List<String> choices = List.of(input.annotation().choices());
        if (!choices.isEmpty()) {
          String name = command.getSimpleName() + "." + input.name();
          assertEquals(String.class, input.field().getType(), name);
          Object value = input.value(CommandParameters.newInstance(command));
          assertTrue(choices.contains(value) || "".equals(value), name + "=" + value);
        }
      }
    }
  }

  /** Which number stands for none is nothing that people should have to know. */
  @Test
  void noNumberIsMagic() throws Exception {
    for (Class<?> command : commands()) {
      Object defaults = CommandParameters.newInstance(command);
      for (CommandParameters.Input input : CommandParameters.of(command)) {
        String name = command.getSimpleName() + "." + input.name();
        String described = input.annotation().description() + " " + input.annotation().label();
        boolean says = described.matches("(?s).*(-1 = |[;,] 0 = (?!background|the last|none)).*");
        assertFalse(says, name + ": " + described);
        boolean below =
            input.value(defaults) instanceof Number number
                && !input.annotation().min().isEmpty()
                && number.doubleValue() < Double.parseDouble(input.annotation().min());
        assertTrue(!below || input.word().isPresent(), name + " has a default below its range");
        input.word().ifPresent(word -> assertTrue(word.word().length() <= 50, name));
      }
    }
  }

  @Test
  void everyParameterIsExplainedAndRecordable() throws Exception {
    Set<Class<?>> recordable =
        Set.of(int.class, long.class, double.class, boolean.class, String.class, File.class);
    for (Class<?> command : commands()) {
      for (CommandParameters.Input input : CommandParameters.of(command)) {
        String name = command.getSimpleName() + "." + input.name();
        assertFalse(input.annotation().label().isEmpty(), name);
        assertFalse(input.annotation().description().isEmpty(), name);
        assertTrue(recordable.contains(input.field().getType()), name);
        // A remembered value of a parameter left out would make a macro depend on the past.
        assertEquals(
            input.isPath() && !input.isOutput() && input.annotation().required(),
            input.annotation().persist(),
            name + " persists");
      }
    }
  }

  /** Parameter names are macro API: add to this file, never rename or remove. */
  @Test
  void parameterNamesAreTheFrozenOnes() throws Exception {
    TreeMap<String, String> actual = new TreeMap<>();
    for (Class<?> command : commands()) {
      actual.put(
          command.getAnnotation(Plugin.class).name(),
          CommandParameters.of(command).stream()
              .map(CommandParameters.Input::name)
              .collect(Collectors.joining(" ")));
    }
    try (var stream = CommandIndexTest.class.getResourceAsStream("parameters.txt")) {
      List<String> expected =
          new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      assertEquals(
          String.join("\n", expected),
          actual.entrySet().stream()
              .map(entry -> entry.getKey() + ": " + entry.getValue())
              .collect(Collectors.joining("\n")));
    }
  }
}
