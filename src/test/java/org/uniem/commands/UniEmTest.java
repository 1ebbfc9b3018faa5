package org.uniem.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.commands.parameters.Paths;

class UniEmTest {

  @TempDir Path folder;

  private CommandLineRun echo(String... args) {
    return CommandLineRun.of(
        Stream.concat(Stream.of("test-echo"), Stream.of(args)).toArray(String[]::new));
  }

  private void assertNothingWritten() throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      assertEquals(0, content.count());
    }
  }

  @Test
  void lastLineIsThePathOfTheResult() throws IOException {
    Path output = folder.resolve("a.txt");
    CommandLineRun run = echo("output=" + output, "text=a=b c", "upperCase=true");
    assertEquals("", run.err().replaceAll("Writing: 1 of 1 texts in 0:00\\R", ""));
    assertEquals(0, run.status());
    assertEquals(output.toString(), run.lastLine());
    assertEquals("A=B C", Files.readString(output));
  }

  @Test
  void pathsWithSpacesUmlautsAndJapaneseLettersWork() throws IOException {
    Path output = folder.resolve("größe 大脳 = 1/ミトコンドリア.txt");
    CommandLineRun run = echo("output=" + output, "text=日本");
    assertEquals(0, run.status(), run.err());
    assertEquals("日本", Files.readString(output));
    assertTrue(Files.exists(output.resolveSibling("ミトコンドリア-provenance.json")));
  }

  @Test
  void unknownParameterNamesTheNearest() throws IOException {
    CommandLineRun run = echo("output=" + folder.resolve("a"), "treshold=0.5");
    assertEquals(2, run.status());
    assertEquals(
        "Unknown parameter 'treshold' of test-echo. Did you mean 'threshold'? Valid parameters:"
            + " output, input, text, threshold, count, upperCase, behaviour.",
        run.err().strip());
    assertNothingWritten();
  }

  @Test
  void unknownCommandNamesTheNearest() {
    CommandLineRun run = CommandLineRun.of("test-ecko");
    assertEquals(2, run.status());
    assertTrue(
        run.err().startsWith("Unknown command 'test-ecko'. Did you mean 'test-echo'?"), run.err());
  }

  @Test
  void missingParameterIsNamed() {
    CommandLineRun run = echo();
    assertEquals(2, run.status());
    assertEquals("Parameter 'output' is missing: give output=… (text file).", run.err().strip());
  }

  @Test
  void wrongTypeIsRefused() throws IOException {
    CommandLineRun run = echo("output=" + folder.resolve("a"), "count=many");
    assertEquals(2, run.status());
    assertEquals(
        "Parameter count=many has the wrong type: expected a whole number, 1 or more.",
        run.err().strip());
    assertNothingWritten();
  }

  @Test
  void valuesOutOfRangeAreRefused() throws IOException {
    String output = "output=" + folder.resolve("a");
    for (String value : new String[] {"1.5", "-0.1", "NaN"}) {
      CommandLineRun run = echo(output, "threshold=" + value);
      assertEquals(2, run.status());
      assertEquals(
          "Parameter threshold=" + value + " is out of range: give 0 to 1.", run.err().strip());
    }
    CommandLineRun run = echo(output, "behaviour=wrte");
    assertEquals(2, run.status());
    assertEquals(
        "Parameter behaviour=wrte is not a choice. Did you mean 'write'? Give one of write,"
            + " refuse, crash, wait, exhaust.",
        run.err().strip());
    assertNothingWritten();
  }

  @Test
  void parameterGivenTwiceIsRefused() {
    CommandLineRun run = echo("count=1", "count=2");
    assertEquals(2, run.status());
    assertEquals("Parameter 'count' is given twice: give it once.", run.err().strip());
  }

  @Test
  void wordsWithoutEqualsSignAreRefused() {
    CommandLineRun run = echo("text=a", "b");
    assertEquals(2, run.status());
    assertEquals(
        "'b' is not name=value. Put quotation marks around values with spaces.", run.err().strip());
  }

  @Test
  void missingInputIsRefused() throws IOException {
    Path missing = folder.resolve("not there");
    CommandLineRun run = echo("output=" + folder.resolve("a"), "input=" + missing);
    assertEquals(1, run.status());
    assertEquals(
        "Cannot read input="
            + missing
            + ": there is no such file or folder. Check the path for typing errors.",
        run.err().strip());
    assertNothingWritten();
  }

  @Test
  void existingOutputIsKept() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "mine");
    CommandLineRun run = echo("output=" + file);
    assertEquals(1, run.status());
    assertEquals(
        "Cannot write output=" + file + ": the file exists. Give another name or delete it.",
        run.err().strip());
    run = echo("output=" + folder);
    assertEquals(1, run.status());
    assertEquals(
        "Cannot write output="
            + folder
            + ": the folder is not empty. Give another name or delete the folder.",
        run.err().strip());
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void outputBelowAFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "mine");
    CommandLineRun run = echo("output=" + file.resolve("b.txt"));
    assertEquals(1, run.status());
    assertTrue(run.err().contains(file + " is not a folder."), run.err());
  }

  @Test
  void expectedFailureShowsItsMessageAlone() throws IOException {
    CommandLineRun run = echo("output=" + folder.resolve("a"), "behaviour=refuse");
    assertEquals(1, run.status());
    assertEquals("Refused: slice 3 is odd. Mend it.", run.err().strip());
    assertEquals("", run.out());
    assertNothingWritten();
  }

  @Test
  void unexpectedFailureAsksForAReport() {
    CommandLineRun run = echo("output=" + folder.resolve("a"), "behaviour=crash");
    assertEquals(1, run.status());
    assertTrue(run.err().contains("Please report"), run.err());
    assertTrue(run.err().contains("java.lang.IllegalStateException: A bug."), run.err());
  }

  @Test
  void exhaustedMemorySaysHowToGiveMore() {
    CommandLineRun run = echo("output=" + folder.resolve("a"), "behaviour=exhaust");
    assertEquals(1, run.status());
    assertTrue(run.err().contains("UNIEM_JAVA_OPTS=-Xmx"), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
  }

  @Test
  void helpExplainsEveryParameter() {
    CommandLineRun run = CommandLineRun.of("--help", "test-echo");
    assertEquals(0, run.status());
    assertTrue(run.out().startsWith("uniem test-echo output=… [name=value …]"), run.out());
    assertTrue(run.out().contains("(number, 0 to 1; default 0.5)"), run.out());
    assertTrue(run.out().contains("In Fiji: Plugins > Test > Echo"), run.out());
    assertEquals(run.out(), CommandLineRun.of("test-echo", "--help").out());
    assertEquals(run.out(), CommandLineRun.of("test-echo", "-h").out());
    assertEquals(run.out(), CommandLineRun.of("help", "test-echo").out());
  }

  @Test
  void listNamesTheCommands() {
    CommandLineRun run = CommandLineRun.of("--list");
    assertEquals(0, run.status());
    assertTrue(run.out().contains("  test-echo        Writes text for tests"), run.out());
  }

  @Test
  void listFollowsTheStepsOfTheWork() {
    String list = CommandLineRun.of("--list").out();
    int before = -1;
    for (String name : List.of("convert", "train-network", "label-objects", "mesh", "evaluate")) {
      int place = list.indexOf("\n  " + name + " ");
      assertTrue(place > before, name + " in\n" + list);
      before = place;
    }
  }

  @Test
  void parametersOfOtherProgramsFormsAreUnderstood() throws IOException {
    Path output = folder.resolve("a.txt");
    CommandLineRun run = echo("--output", output.toString(), "--text=a b", "--upper-case");
    assertEquals(0, run.status(), run.err());
    assertEquals("A B", Files.readString(output));
  }

  @Test
  void aDashedParameterWithoutValueIsRefused() {
    CommandLineRun run = echo("--text", "--upper-case");
    assertEquals(2, run.status());
    assertEquals("'--text' has no value: give text=… or --text ….", run.err().strip());
  }

  @Test
  void versionIsThatOfThePom() {
    CommandLineRun run = CommandLineRun.of("--version");
    assertEquals(0, run.status());
    assertTrue(run.lastLine().matches("\\d+\\.\\d+\\.\\d+.*"), run.out());
  }

  @Test
  void withoutArgumentsTheUsageIsShown() {
    CommandLineRun run = CommandLineRun.of();
    assertEquals(2, run.status());
    assertTrue(run.err().contains("uniem --list"), run.err());
  }

  @Test
  void tildeIsTheHomeFolder() {
    assertEquals(Path.of(System.getProperty("user.home")).resolve("x y"), Paths.resolve("~/x y"));
    assertEquals(Path.of("").toAbsolutePath().resolve("b"), Paths.resolve("a/../b"));
  }
}
