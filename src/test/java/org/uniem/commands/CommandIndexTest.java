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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;

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
      assertTrue(names.add(plugin.name()), plugin.name());
      assertTrue(plugin.headless(), plugin.name());
      assertFalse(plugin.description().isEmpty(), plugin.name());
      List<String> labels = Stream.of(plugin.menu()).map(Menu::label).toList();
      assertEquals(4, labels.size(), plugin.name());
      assertEquals(List.of("Plugins", "UNI-EM"), labels.subList(0, 2), plugin.name());
      assertTrue(paths.add(String.join(">", labels)), plugin.name());
      for (Menu menu : plugin.menu()) {
        assertTrue(menu.mnemonic() != '\0', plugin.name() + " " + menu.label());
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
