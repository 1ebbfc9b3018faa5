package org.uniem.fiji.whole;

import ij.IJ;
import java.nio.file.Files;
import java.nio.file.Path;
import net.imagej.ImageJ;

/** What runs in a Fiji of its own: a macro, as with {@code --headless -batch}. */
public final class MacroInFiji {

  private MacroInFiji() {}

  /**
   * Starts Fiji.
   *
   * @param args the file of the macro
   */
  public static void main(String[] args) throws Exception {
    new ImageJ();
    IJ.runMacro(Files.readString(Path.of(args[0])));
    Runtime.getRuntime().halt(0);
  }
}
