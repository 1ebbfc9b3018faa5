package org.uniem.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import ij.macro.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;
import org.uniem.commands.data.MakePhantom;
import org.uniem.commands.dialogs.MacroOptions;
import org.uniem.commands.execution.UniEmCommand;
import org.uniem.commands.floodfilling.FfnAgglomerate;
import org.uniem.commands.floodfilling.FfnConsensus;
import org.uniem.commands.floodfilling.FfnReconcile;
import org.uniem.commands.floodfilling.FfnSegment;
import org.uniem.commands.floodfilling.FfnTrain;
import org.uniem.commands.scores.Evaluate;

/** The scripts of Case 2 have the same steps, and each step takes what those before it gave. */
class CaseTwoTest {

  private static final String FOLDER = "$folder/";

  private static final List<Class<? extends UniEmCommand>> COMMANDS =
      List.of(
          MakePhantom.class,
          FfnTrain.class,
          FfnSegment.class,
          FfnReconcile.class,
          FfnConsensus.class,
          FfnAgglomerate.class,
          Evaluate.class);

  @TempDir Path folder;

  /**
   * A step of a script.
   *
   * @param command name on the command line
   * @param values as they are given, paths behind {@code $folder/}
   */
  private record Step(String command, Map<String, String> values) {}

  private static String text(String script) throws IOException {
    return Files.readString(Path.of("scripts", script));
  }

  private static Plugin plugin(Class<?> command) {
    return command.getAnnotation(Plugin.class);
  }

  private static List<Step> commandLines() throws IOException {
    List<Step> steps = new ArrayList<>();
    Matcher line =
        Pattern.compile("(?m)^\"\\$uniem\" (\\S+) (.*)$")
            .matcher(text("case-2").replaceAll("\\\\\n *", ""));
    while (line.find()) {
      Map<String, String> values = new TreeMap<>();
      for (String argument : line.group(2).replace("\"", "").split(" +")) {
        int equals = argument.indexOf('=');
        values.put(argument.substring(0, equals), argument.substring(equals + 1));
      }
      steps.add(new Step(line.group(1), values));
    }
    return steps;
  }

  private static List<Step> macro() throws IOException {
    Map<String, String> byTitle = new TreeMap<>();
    for (Class<?> command : COMMANDS) {
      Menu[] menu = plugin(command).menu();
      byTitle.put(menu[menu.length - 1].label(), plugin(command).name());
    }
    String macro = text("Case_2.ijm");
    new Tokenizer().tokenize(macro);
    List<Step> steps = new ArrayList<>();
    Matcher run = Pattern.compile("run\\(\"([^\"]+)\", (.*?)\\);", Pattern.DOTALL).matcher(macro);
    while (run.find()) {
      String options =
          run.group(2)
              .replaceAll("\"\\s*\\+ folder \\+ \"", Matcher.quoteReplacement(FOLDER))
              .replaceAll("\"\\s*\\+ \"", "")
              .replace("\"", "");
      steps.add(new Step(byTitle.get(run.group(1)), new TreeMap<>(MacroOptions.parse(options))));
    }
    return steps;
  }

  private static List<Step> groovy() throws IOException {
    Map<String, String> byClass = new TreeMap<>();
    COMMANDS.forEach(command -> byClass.put(command.getSimpleName(), plugin(command).name()));
    List<Step> steps = new ArrayList<>();
    Matcher run =
        Pattern.compile("run\\(commands, (\\w+), \\[(.*?)\\]\\)", Pattern.DOTALL)
            .matcher(text("case_2.groovy"));
    while (run.find()) {
      Map<String, String> values = new TreeMap<>();
      Matcher value =
          Pattern.compile("(\\w+): (?:at\\(\"([^\"]+)\"\\)|\"([^\"]*)\"|([\\w.]+))")
              .matcher(run.group(2));
      while (value.find()) {
        values.put(
            value.group(1),
            value.group(2) != null
                ? FOLDER + value.group(2)
                : value.group(3) != null
                    ? value.group(3)
                    : value.group(4).replaceAll("(\\d)\\.0d$", "$1").replaceAll("[Ld]$", ""));
      }
      steps.add(new Step(byClass.get(run.group(1)), values));
    }
    return steps;
  }

  @Test
  void macroGroovyAndCommandLinesHaveTheSameSteps() throws Exception {
    List<Step> steps = commandLines();
    assertEquals(10, steps.size());
    assertEquals(steps, macro());
    assertEquals(steps, groovy());
  }

  @Test
  @Timeout(600)
  void everyStepTakesWhatThoseBeforeGaveAndTheCellsAreFound() throws Exception {
    for (Step step : commandLines()) {
      List<String> args = new ArrayList<>(List.of(step.command()));
      step.values()
          .forEach(
              (name, value) ->
                  args.add(name + "=" + value.replace(FOLDER, folder.toString() + "/")));
      CommandLineRun run = CommandLineRun.of(args.toArray(String[]::new));
      assertEquals(0, run.status(), () -> String.join(" ", args) + "\n" + run.err());
    }
    Path report = folder.resolve("scores.json");
    JsonObject scores = new Gson().fromJson(Files.readString(report), JsonObject.class);
    assertNotNull(scores.get("rand"));
    // One object for all, or every voxel for itself, is below 0.4.
    assertTrue(scores.get("rand").getAsDouble() > 0.6, scores.toString());
    assertTrue(scores.get("segmentationObjects").getAsInt() > 2, scores.toString());
  }
}
