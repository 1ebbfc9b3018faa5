package org.uniem.commands.scores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.uniem.annotation.skeletons.SwcContent;
import org.uniem.annotation.skeletons.SwcFile;
import org.uniem.job.BadInputException;
import org.uniem.metrics.Skeleton;
import org.uniem.volumes.LengthUnit;
import org.uniem.volumes.VoxelSize;

/** Neurons as SWC files, placed in a segmentation. */
final class TruthSkeletons {

  private final VoxelSize voxel;
  private final boolean inVoxels;

  /**
   * @param voxel of the segmentation
   * @param inVoxels whether the files number voxels from 0; else they measure from the corner of
   *     the first voxel, in the unit of the voxel size
   */
  TruthSkeletons(VoxelSize voxel, boolean inVoxels) {
    this.voxel = voxel;
    this.inVoxels = inVoxels;
  }

  /**
   * Reads the neurons: a file is one, unless comments divide it into objects.
   *
   * @param path a file, or a folder of files whose names end in .swc
   * @return at least one, measured from the middle of the first voxel
   * @throws BadInputException if there is no such file, or one cannot be read or has another unit
   */
  List<Skeleton> read(Path path) {
    List<Skeleton> skeletons = new ArrayList<>();
    for (Path file : files(path)) {
      SwcContent content = SwcFile.read(file);
      requireUnit(file, content);
      boolean isOne = content.skeletons().size() == 1;
      content
          .skeletons()
          .forEach(
              trees -> {
                String name = file.getFileName().toString();
                skeletons.add(placed(isOne ? name : name + ", object " + trees.id(), trees));
              });
    }
    return skeletons;
  }

  private static List<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> entries = Files.list(path)) {
      List<Path> files =
          entries
              .filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".swc"))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new BadInputException(
            "The folder " + path + " has no SWC files: expected one per neuron, named *.swc.");
      }
      return files;
    } catch (IOException e) {
      throw new BadInputException("Cannot read " + path + ": " + e.getMessage() + ".", e);
    }
  }

  private void requireUnit(Path file, SwcContent content) {
    String unit = content.unit().map(LengthUnit::symbolOf).orElse(voxel.unit());
    if (inVoxels && content.unit().isPresent()) {
      throw new BadInputException(
          file + " says that its unit is " + unit + ": give coordinates=calibrated.");
    }
    if (!unit.equals(voxel.unit())) {
      throw new BadInputException(
          file
              + " has the unit "
              + unit
              + ", the voxel size of the segmentation has "
              + voxel.unit()
              + ": expected the same. Give voxelSize in "
              + unit
              + ".");
    }
  }

  private Skeleton placed(String name, org.uniem.annotation.skeletons.Skeleton trees) {
    double[] edges = {voxel.x(), voxel.y(), voxel.z()};
    double[][] places = new double[3][trees.size()];
    for (int axis = 0; axis < 3; axis++) {
      for (int v = 0; v < trees.size(); v++) {
        double place = trees.places()[3 * v + axis];
        places[axis][v] = inVoxels ? place * edges[axis] : place - edges[axis] / 2;
      }
    }
    int[] children =
        IntStream.range(0, trees.size()).filter(v -> trees.parents()[v] >= 0).toArray();
    int[] parents = Arrays.stream(children).map(v -> trees.parents()[v]).toArray();
    return new Skeleton(name, places[0], places[1], places[2], parents, children);
  }
}
