package org.uniem.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.macro.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;
import org.uniem.commands.data.OpenPhantomImages;
import org.uniem.commands.data.OpenPhantomLabels;
import org.uniem.commands.networks.Predict;
import org.uniem.commands.networks.TrainNetwork;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.postprocess.LabelObjects;
import org.uniem.commands.scores.Evaluate;

/** The scripts run in Fiji only; here their commands and parameter names are checked. */
class ExampleScriptsTest {

  private static final Class<?>[] STEPS = {
    OpenPhantomImages.class,
    OpenPhantomLabels.class,
    TrainNetwork.class,
    Predict.class,
    LabelObjects.class,
    Evaluate.class
  };

  private static Set<String> parameters(Class<?> command) {
    return CommandParameters.of(command).stream()
        .map(CommandParameters.Input::name)
        .collect(Collectors.toSet());
  }

  @Test
  void macroUsesMenuEntriesAndParametersThatExist() throws Exception {
    String macro = Files.readString(Path.of("scripts/Case_1.ijm"));
    new Tokenizer().tokenize(macro);
    Map<String, Class<?>> byTitle = new TreeMap<>();
    for (Class<?> step : STEPS) {
      Plugin plugin = step.getAnnotation(Plugin.class);
      assertEquals(Command.class, plugin.type());
      Menu[] menu = plugin.menu();
      byTitle.put(menu[menu.length - 1].label(), step);
    }
    int runs = 0;
    Matcher run = Pattern.compile("run\\(\"([^\"]+)\"(.*?)\\);", Pattern.DOTALL).matcher(macro);
    while (run.find()) {
      Class<?> step = byTitle.get(run.group(1));
      assertTrue(step != null, run.group(1));
      Matcher name = Pattern.compile("[\" ]([a-zA-Z]+)=").matcher(run.group(2));
      while (name.find()) {
        assertTrue(parameters(step).contains(name.group(1)), run.group(1) + name.group(1));
      }
      runs++;
    }
    assertEquals(STEPS.length, runs);
  }

  @Test
  void groovyScriptUsesCommandsAndParametersThatExist() throws Exception {
    String script = Files.readString(Path.of("scripts/case_1.groovy"));
    for (Class<?> step : STEPS) {
      Matcher run =
          Pattern.compile(step.getSimpleName() + ", \\[(.*?)\\]\\)", Pattern.DOTALL)
              .matcher(script);
      assertTrue(run.find(), step.getSimpleName());
      Matcher name = Pattern.compile("([a-zA-Z]+): ").matcher(run.group(1));
      while (name.find()) {
        assertTrue(parameters(step).contains(name.group(1)), step + name.group(1));
      }
    }
  }
}
