package org.uniem.commands.data;

import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;
import org.uniem.viewers.images.ResultImages;

/** Opens the cells of the bundled phantom. */
@Plugin(
    type = Command.class,
    name = "open-phantom-cells",
    menu = {
      @Menu(label = "File", weight = 0, mnemonic = 'f'),
      @Menu(label = "Open Samples", mnemonic = 'm'),
      @Menu(label = "UNI-EM Phantom (Cells)", weight = 902, mnemonic = 'c')
    },
    headless = true,
    description = "Opens the bundled phantom: its cells as objects")
public class OpenPhantomCells extends OpenPhantom {

  /** Made by SciJava. */
  public OpenPhantomCells() {
    super("cells.tif", "phantom-cells.tif", ResultImages.Kind.LABELS);
  }
}
