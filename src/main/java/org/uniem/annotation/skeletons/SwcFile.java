package org.uniem.annotation.skeletons;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.uniem.job.files.WholeFile;

/**
 * Skeletons in the format SWC (Cannon et al. 1998, doi:10.1016/S0165-0270(98)00091-0): a line
 * {@code number type x y z radius parent} per vertex, −1 for the parent of a root. Files that are
 * written have the type 0, numbers from 1 on, parents before their children and all lengths in the
 * unit of the voxel size, which a comment names.
 */
public final class SwcFile {

  private SwcFile() {}

  /**
   * Writes a file, which appears when it is whole.
   *
   * @param file its name
   * @param skeletons one after the other, each after a comment with its id
   * @param unit of the lengths
   * @throws org.uniem.job.OutputException if it cannot be written
   */
  public static void write(Path file, Iterable<Skeleton> skeletons, String unit) {
    WholeFile.write(
        file,
        channel -> {
          BufferedWriter writer =
              new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
          writer.write(SwcReader.UNIT + unit + "\n");
          int first = 1;
          for (Skeleton skeleton : skeletons) {
            write(writer, skeleton, first);
            first += skeleton.size();
          }
          writer.flush();
        });
  }

  /**
   * Reads a file.
   *
   * @param file of this or another program; vertices may be in any order, and numbered at will;
   *     spaces, tabs or commas are between numbers, comments begin with #, further columns are
   *     ignored
   * @return places as they are in the file
   * @throws org.uniem.job.BadInputException if it cannot be read, a line is no vertex, a number is
   *     there twice, a parent is missing, or vertices are their own ancestors
   */
  public static SwcContent read(Path file) {
    return new SwcReader(file).read();
  }

  private static void write(BufferedWriter writer, Skeleton skeleton, int first)
      throws IOException {
    writer.write(SwcReader.OBJECT + skeleton.id() + "\n");
    for (int v = 0; v < skeleton.size(); v++) {
      int parent = skeleton.parents()[v];
      writer.write((first + v) + " 0");
      for (int axis = 0; axis < 3; axis++) {
        // Floats are written with as many digits as they have, whatever the unit.
        writer.write(" " + (float) skeleton.places()[3 * v + axis]);
      }
      writer.write(" " + skeleton.radii()[v] + " " + (parent < 0 ? -1 : first + parent) + "\n");
    }
  }
}
