package org.uniem.commands.data;

import org.scijava.command.Command;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Plugin;
import org.uniem.viewers.images.ResultImages;

/** Opens the images of the bundled phantom. */
@Plugin(
    type = Command.class,
    name = "open-phantom-images",
    menu = {
      @Menu(label = "File", weight = 0, mnemonic = 'f'),
      @Menu(label = "Open Samples", mnemonic = 'm'),
      @Menu(label = "UNI-EM Phantom (EM Stack)", weight = 900, mnemonic = 'e')
    },
    headless = true,
    description = "Opens the bundled phantom: EM-like images")
public class OpenPhantomImages extends OpenPhantom {

  /** Made by SciJava. */
  public OpenPhantomImages() {
    super("images.tif", "phantom.tif", ResultImages.Kind.GREY);
  }
}
