package org.uniem.commands.requirement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.plugin.PluginInfo;
import org.scijava.plugin.PluginService;

/** A Fiji with an old Java is left alone but for one entry of the menu. */
class JavaRequirementTest {

  private static final int JAVA_8 = 52;

  private static List<String> suite(Context context) {
    return context.service(PluginService.class).getPlugins().stream()
        .map(PluginInfo::getClassName)
        .filter(name -> name.startsWith("org.uniem."))
        .toList();
  }

  @Test
  void oldJavaCanLoadWhatStandsIn() throws IOException {
    for (Class<?> type : List.of(JavaRequirement.class, NewerJavaNeeded.class)) {
      try (DataInputStream stream =
          new DataInputStream(type.getResourceAsStream(type.getSimpleName() + ".class"))) {
        stream.readInt();
        stream.readUnsignedShort();
        assertEquals(JAVA_8, stream.readUnsignedShort(), type.getName());
      }
    }
  }

  @Test
  void oldJavaSeesOneEntryThatSaysWhatToDo() throws Exception {
    try (Context context = new Context(CommandService.class, JavaRequirement.class)) {
      context.service(JavaRequirement.class).check(8);
      assertEquals(
          List.of(NewerJavaNeeded.class.getName(), JavaRequirement.class.getName()),
          suite(context).stream().sorted().sorted((a, b) -> b.compareTo(a)).toList());
      CommandInfo notice = context.service(CommandService.class).getCommand(NewerJavaNeeded.class);
      assertEquals("Needs a Newer Java...", notice.getMenuPath().getLeaf().getName());
      String reason =
          context.service(CommandService.class).run(notice, true).get().getCancelReason();
      assertTrue(reason.startsWith("UNI-EM needs Java 17 or later, and this Fiji"), reason);
    }
  }

  @Test
  void newJavaSeesTheSuite() {
    try (Context context = new Context(CommandService.class, JavaRequirement.class)) {
      List<String> before = suite(context);
      context.service(JavaRequirement.class).check(17);
      assertEquals(before, suite(context));
      assertTrue(before.contains("org.uniem.commands.networks.Predict"));
    }
  }

  @Test
  void versionsOfBothKindsAreRead() {
    assertEquals(8, JavaRequirement.feature("1.8"));
    assertEquals(21, JavaRequirement.feature("21"));
  }
}
