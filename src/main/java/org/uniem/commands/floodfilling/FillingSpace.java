package org.uniem.commands.floodfilling;

import java.nio.file.Path;
import java.util.List;
import org.uniem.commands.parameters.Axes;
import org.uniem.commands.parameters.Paths;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.volumes.Volumes;

/** The room that flood filling gets: boxes, memory, and the folder of its subvolumes. */
final class FillingSpace {

  /** Part of Java's memory that subvolumes may take, where nothing else is said. */
  private static final double SHARE_OF_MEMORY = 0.6;

  private static final String SUBVOLUMES = "-subvolumes";

  private FillingSpace() {}

  /** What a parameter for memory allows, in bytes; 0 = a part of what Java may use. */
  static long bytes(long mebibytes) {
    return mebibytes == 0
        ? (long) (SHARE_OF_MEMORY * Runtime.getRuntime().maxMemory())
        : Math.multiplyExact(mebibytes, 1L << 20);
  }

  /** Voxels along x, y and z as users give them. */
  static Extent extent(String parameter, String text) {
    List<Integer> xyz = Axes.parse(parameter, text);
    return new Extent(xyz.get(0), xyz.get(1), xyz.get(2));
  }

  /** The folder where finished subvolumes are kept: beside the output, which appears last. */
  static Path subvolumesOf(Path output) {
    Path file = Volumes.place(output);
    String name = Paths.isTiff(file) ? Paths.baseName(file) : file.getFileName().toString();
    return file.resolveSibling(name + SUBVOLUMES);
  }
}
