package org.uniem.floodfilling.seeds;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.floodfilling.scene.VoxelPosition;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;

/**
 * Seeds given one by one; a box of the volume takes those that lie in it.
 *
 * @param points places in the volume, in the order in which they are tried
 */
public record PointSeeds(List<VoxelPosition> points) implements SeedPolicy {

  public PointSeeds {
    points = List.copyOf(points);
  }

  /**
   * Reads points from a text file: one per line, x, y and z in voxels from 0, separated by commas,
   * semicolons, tabs or spaces. Empty lines, lines that begin with # and one line of headings are
   * passed over; headings may name the columns in another order and more of them. Fractions are cut
   * off.
   *
   * @param file UTF-8 text
   * @throws BadInputException if it cannot be read, a line has no three numbers, or it has no ;
   *     says which line
   */
  public static PointSeeds read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new BadInputException(
          "Cannot read the seeds in " + file + " (" + e + "): expected a text file in UTF-8.", e);
    }
    List<VoxelPosition> points = new ArrayList<>();
    int[] columns = {};
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] cells = line.split("\\s*[,;]\\s*|\\s+");
      if (columns.length == 0) {
        Optional<int[]> headings = headings(cells);
        columns = headings.orElse(new int[] {0, 1, 2});
        if (headings.isPresent()) {
          continue;
        }
      }
      points.add(point(cells, columns, file, i + 1, line));
    }
    if (points.isEmpty()) {
      throw new BadInputException(
          file + " has no seeds: expected lines of x,y,z in voxels, counted from 0.");
    }
    return new PointSeeds(points);
  }

  /** Which columns are x, y and z, empty where the line holds no such headings. */
  private static Optional<int[]> headings(String[] cells) {
    List<String> names = new ArrayList<>();
    for (String cell : cells) {
      names.add(cell.replace("\"", "").toLowerCase(Locale.ROOT));
    }
    int[] columns = {names.indexOf("x"), names.indexOf("y"), names.indexOf("z")};
    boolean complete = Arrays.stream(columns).allMatch(column -> column >= 0);
    return complete ? Optional.of(columns) : Optional.empty();
  }

  private static VoxelPosition point(
      String[] cells, int[] columns, Path file, int number, String line) {
    long[] xyz = new long[3];
    for (int axis = 0; axis < 3; axis++) {
      try {
        xyz[axis] = (long) Math.floor(Double.parseDouble(cells[columns[axis]]));
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
        throw new BadInputException(
            "Line "
                + number
                + " of "
                + file
                + " is \""
                + line
                + "\": expected three numbers x,y,z in voxels, counted from 0.",
            e);
      }
    }
    return new VoxelPosition(xyz[0], xyz[1], xyz[2]);
  }

  @Override
  public int[] seeds(FillingScene scene, Job job) {
    VoxelPosition origin = scene.origin();
    return points.stream()
        .filter(point -> isIn(point, scene))
        .mapToInt(
            point ->
                scene.voxel(
                    (int) (point.x() - origin.x()),
                    (int) (point.y() - origin.y()),
                    (int) (point.z() - origin.z())))
        .toArray();
  }

  private static boolean isIn(VoxelPosition point, FillingScene scene) {
    long x = point.x() - scene.origin().x();
    long y = point.y() - scene.origin().y();
    long z = point.z() - scene.origin().z();
    return x >= 0
        && y >= 0
        && z >= 0
        && x < scene.size().x()
        && y < scene.size().y()
        && z < scene.size().z();
  }

  /** The points as {@link #read} takes them. */
  public String toCsv() {
    StringBuilder lines = new StringBuilder("x,y,z\n");
    points.forEach(point -> lines.append(point).append('\n'));
    return lines.toString();
  }

  /** Tells these points from others. */
  public String checksum() {
    CRC32 sum = new CRC32();
    sum.update(points.toString().getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(sum.getValue());
  }

  @Override
  public String describe() {
    return points.size() + " points, checksum " + checksum();
  }
}
