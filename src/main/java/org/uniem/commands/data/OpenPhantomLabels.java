package org.uniem.commands.data;

import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;
import org.uniem.viewers.images.ResultImages;

/** Opens the labels of the bundled phantom. */
@Plugin(
    type = Command.class,
    name = "open-phantom-labels",
    menu = {
      @Menu(label = "File", weight = 0, mnemonic = 'f'),
      @Menu(label = "Open Samples", mnemonic = 'm'),
      @Menu(label = "UNI-EM Phantom (Labels)", weight = 901, mnemonic = 'l')
    },
    headless = true,
    description = "Opens the bundled phantom: ground truth of its mitochondria")
public class OpenPhantomLabels extends OpenPhantom {

  /** Made by SciJava. */
  public OpenPhantomLabels() {
    super("mitochondria.tif", "phantom-labels.tif", ResultImages.Kind.LABELS);
  }
}
