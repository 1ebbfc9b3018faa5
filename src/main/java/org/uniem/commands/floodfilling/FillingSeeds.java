package org.uniem.commands.floodfilling;

import ij.ImagePlus;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.floodfilling.scene.VoxelPosition;
import org.uniem.floodfilling.seeds.EmptySpaceSeeds;
import org.uniem.floodfilling.seeds.GridSeeds;
import org.uniem.floodfilling.seeds.PeakSeeds;
import org.uniem.floodfilling.seeds.PointSeeds;
import org.uniem.floodfilling.seeds.ReversedSeeds;
import org.uniem.floodfilling.seeds.SeedPolicy;
import org.uniem.floodfilling.seeds.SequentialSeeds;
import org.uniem.floodfilling.seeds.SlicePeakSeeds;
import org.uniem.job.BadParameterException;
import org.uniem.job.files.WholeFile;
import org.uniem.viewers.images.OpenImages;
import org.uniem.viewers.images.PointSelection;

/** What the parameters about seeds mean, and the points that are selected in ImageJ. */
final class FillingSeeds {

  /** The choice of seeds that are given one by one. */
  static final String POINTS = "points";

  private FillingSeeds() {}

  /**
   * The policy that parameters ask for.
   *
   * @param kind one of the choices of seeds
   * @param points file of points, for that choice
   * @param reverse whether the last come first
   * @param fillEmpty whether free space is filled afterwards
   */
  static SeedPolicy policy(String kind, File points, boolean reverse, boolean fillEmpty) {
    SeedPolicy policy =
        switch (kind) {
          case "slice-peaks" -> new SlicePeakSeeds();
          case "grid" -> GridSeeds.volume();
          case "slice-grid" -> GridSeeds.slices();
          case POINTS -> PointSeeds.read(points.toPath());
          default -> new PeakSeeds();
        };
    SeedPolicy ordered = reverse ? new ReversedSeeds(policy) : policy;
    return fillEmpty ? new SequentialSeeds(List.of(ordered, new EmptySpaceSeeds())) : ordered;
  }

  /**
   * Checks that points are given or selected where they are asked for, and only there.
   *
   * @param images what the command segments
   */
  static void check(String kind, File points, File images) {
    boolean given = CommandParameters.isGiven(points);
    if (kind.equals(POINTS) && !given && selected(images).isEmpty()) {
      throw new BadParameterException(
          "seeds=points, but points is not given: give a text file with x,y,z per line, or click"
              + " points into the open image with the multi-point tool.");
    }
    if (!kind.equals(POINTS) && given) {
      throw new BadParameterException(
          "points=" + points + " is given, but seeds=" + kind + ": give seeds=points.");
    }
  }

  /**
   * Keeps the selected points in a file, as another process or a later run cannot see them.
   *
   * @param images what the command segments
   * @param folder receives the file, named by its content
   */
  static File store(File images, Path folder) {
    PointSeeds seeds = new PointSeeds(selected(images));
    Path file = folder.resolve("seeds-" + seeds.checksum() + ".csv");
    if (!Files.exists(file)) {
      WholeFile.writeText(file, seeds.toCsv());
    }
    return file.toFile();
  }

  private static List<VoxelPosition> selected(File images) {
    Optional<ImagePlus> image =
        OpenImages.named(images)
            .or(() -> OpenImages.active().filter(one -> OpenImages.reference(one).equals(images)));
    return PointSelection.of(image);
  }
}
