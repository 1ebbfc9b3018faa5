package org.uniem.commands.help;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Shows the papers to cite. */
@Plugin(
    type = Command.class,
    name = "how-to-cite",
    menu = {
      @Menu(label = "Plugins", weight = 6, mnemonic = 'p'),
      @Menu(label = "UNI-EM", mnemonic = 'u'),
      @Menu(label = "Help", weight = 9, mnemonic = 'h'),
      @Menu(label = "How to Cite", weight = 1, mnemonic = 'c')
    },
    headless = true,
    description = "Shows which papers to cite")
public class HowToCite implements Command {

  @Parameter(type = ItemIO.OUTPUT, label = "How to cite UNI-EM")
  private String citation;

  @Override
  public void run() {
    try (InputStream text = HowToCite.class.getResourceAsStream("citation.txt")) {
      citation = new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The text of the citation cannot be read.", e);
    }
  }
}
