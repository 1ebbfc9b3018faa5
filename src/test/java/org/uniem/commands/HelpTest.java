package org.uniem.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleService;
import org.uniem.commands.execution.UniEmCommand;
import org.uniem.commands.parameters.Arguments;
import org.uniem.filters.FilterKind;

class HelpTest {

  private static final Context CONTEXT = new Context(CommandService.class, ModuleService.class);
  private static final CommandCatalog CATALOG =
      new CommandCatalog(CONTEXT.service(CommandService.class));

  @AfterAll
  static void close() {
    CONTEXT.dispose();
  }

  private static List<String> commands() {
    return CATALOG.names().stream().filter(name -> !name.startsWith("test-")).toList();
  }

  private static String help(String command, int columns) {
    var info = CATALOG.get(command);
    var module = CONTEXT.service(ModuleService.class).createModule(info);
    return new HelpText(columns).of(info, (UniEmCommand) module.getDelegateObject());
  }

  @Test
  void everyCommandHasAnExampleWhoseParametersItHas() {
    for (String command : commands()) {
      List<String> lines =
          HelpText.examples(command).stream().filter(line -> !line.startsWith("#")).toList();
      assertFalse(lines.isEmpty(), command);
      for (String line : lines) {
        List<String> words = words(line);
        Arguments.parse(command, CATALOG.parameters(command), words.subList(2, words.size()));
      }
    }
  }

  /** As a shell splits them. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = Pattern.compile("(?:'[^']*'|[^ '])+").matcher(line);
    while (matcher.find()) {
      words.add(matcher.group().replace("'", ""));
    }
    return words;
  }

  @Test
  void examplesComeFirstAndRareParametersLast() {
    String help = help("predict", 80);
    int example = help.indexOf("\nExample");
    int basic = help.indexOf("\n  output ");
    int rare = help.indexOf("\n  threads ");
    assertTrue(0 < example && example < basic && basic < rare, help);
    assertTrue(help.indexOf("\nRarely needed") < rare, help);
  }

  @Test
  void linesFitTheTerminalButForWordsAndExamples() {
    for (int columns : new int[] {60, 100}) {
      for (String command : commands()) {
        for (String line : help(command, columns).split("\n")) {
          boolean fixed = line.startsWith("uniem ") || line.startsWith("  uniem ");
          boolean remark = line.startsWith("  #");
          boolean oneWord = line.strip().indexOf(' ') < 0;
          assertTrue(fixed || remark || oneWord || line.length() <= columns, line);
        }
      }
    }
  }

  @Test
  void helpOfFilterNamesEveryFilter() {
    String help = help("filter", 80);
    for (FilterKind kind : FilterKind.values()) {
      assertTrue(help.contains("\n  " + kind.label()), kind.label());
    }
    assertTrue(help.contains("sigma=5"), help);
  }

  @Test
  void whatIsTypedInKebabCaseIsAParameter() {
    assertEquals("minVoxels", Arguments.lowerCamel("min-voxels"));
    assertEquals("minVoxels", Arguments.lowerCamel("minVoxels"));
  }

  @Test
  void completionKnowsCommandsParametersAndChoices() {
    for (String shell : List.of("bash", "zsh")) {
      String script = Completion.script(shell, CATALOG);
      assertTrue(script.contains("label-objects"), script);
      assertTrue(script.contains("predict) names='images= model= "), script);
      assertTrue(script.contains("'predict device') values='auto cpu gpu'"), script);
      assertFalse(script.contains("@"), script);
    }
  }
}
