package org.uniem.commands.parameters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.uniem.job.BadParameterException;

/** Numbers that need not be given: nobody has to know which number stands for that. */
class UnsetWordTest {

  /** Parameters of the kinds there are. */
  public static final class Command {
    @Parameter(
        label = "Steps",
        min = "1",
        max = "100",
        attrs = @Attr(name = CommandParameters.WORD, value = "0=no limit"))
    long steps = 0;

    @Parameter(
        label = "Share",
        min = "0",
        max = "1",
        attrs = @Attr(name = CommandParameters.WORD, value = "-1=as the model prefers"))
    double share = -1;

    @Parameter(
        label = "Flips",
        choices = {"auto", "1"},
        attrs = @Attr(name = CommandParameters.WORD, value = "0=auto"))
    String flips = "auto";

    @Parameter(label = "Seed")
    long seed = 1;
  }

  private static CommandParameters.Input input(String name) {
    return CommandParameters.find("test", CommandParameters.of(Command.class), name);
  }

  private static Object parse(String name, String text) {
    Object value = CommandParameters.parse(input(name), text);
    CommandParameters.check(input(name), value);
    return value;
  }

  @Test
  void nothingTheWordAndTheFormerNumberMeanTheSame() {
    for (String text : List.of("", "no limit", "No Limit", "0")) {
      assertEquals(0L, parse("steps", text), text);
    }
    for (String text : List.of("", " ", "as the model prefers", "-1")) {
      assertEquals(-1.0, parse("share", text), text);
    }
    for (String text : List.of("", "auto", "0")) {
      assertEquals("auto", parse("flips", text), text);
    }
    assertEquals(7L, parse("steps", "7"));
    assertEquals(0.0, parse("share", "0"));
    assertEquals("1", parse("flips", "1"));
  }

  @Test
  void otherNumbersOutsideTheRangeAndOtherWordsAreRefused() {
    for (String text : List.of("-1", "101")) {
      assertThrows(BadParameterException.class, () -> parse("steps", text), text);
    }
    for (String text : List.of("-0.5", "-2", "1.5", "none of it")) {
      assertThrows(BadParameterException.class, () -> parse("share", text), text);
    }
    String message =
        assertThrows(BadParameterException.class, () -> parse("steps", "-5")).getMessage();
    assertTrue(message.endsWith("give 1 to 100, or nothing for \"no limit\"."), message);
    assertThrows(BadParameterException.class, () -> parse("flips", "2"));
    assertThrows(BadParameterException.class, () -> parse("seed", ""));
  }

  /** As programs set it, without a text. */
  @Test
  void theStoredValuePassesTheChecks() {
    CommandParameters.check(input("steps"), 0L);
    CommandParameters.check(input("share"), -1.0);
    CommandParameters.check(input("flips"), "0");
  }

  @Test
  void dialogsShowNothingForNone() {
    UnsetWord steps = input("steps").word().orElseThrow();
    assertEquals("", steps.text(0L));
    assertEquals("12", steps.text(12L));
    UnsetWord share = input("share").word().orElseThrow();
    assertEquals("", share.text(-1.0));
    assertEquals("0", share.text(0.0));
    assertEquals("0.25", share.text(0.25));
  }
}
