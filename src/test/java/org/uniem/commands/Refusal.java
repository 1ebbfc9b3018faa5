package org.uniem.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A command line that must be refused: with words, a status that is not 0, and nothing written. */
public final class Refusal {

  private Refusal() {}

  /**
   * Runs a command line and checks that it is refused as it should be.
   *
   * @param folder nothing in it may change
   * @param words the message must hold them all
   * @param args the command line
   */
  public static void check(Path folder, List<String> words, String... args) throws IOException {
    List<String> before = TestStacks.content(folder);
    CommandLineRun run = CommandLineRun.of(args);
    String line = String.join(" ", args);
    assertNotEquals(0, run.status(), line);
    assertEquals("", run.out(), line);
    assertFalse(run.err().contains("\tat "), line + "\n" + run.err());
    assertFalse(run.err().contains("Exception"), line + "\n" + run.err());
    for (String word : words) {
      assertTrue(run.err().contains(word), line + "\nlacks: " + word + "\n" + run.err());
    }
    assertEquals(before, TestStacks.content(folder), line);
  }
}
