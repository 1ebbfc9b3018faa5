package org.uniem.commands.objects;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.uniem.annotation.ObjectRuns;
import org.uniem.annotation.ObjectTasks;
import org.uniem.annotation.skeletons.Skeleton;
import org.uniem.annotation.skeletons.SwcFile;
import org.uniem.annotation.skeletons.Teasar;
import org.uniem.annotation.skeletons.TeasarOptions;
import org.uniem.commands.parameters.Paths;
import org.uniem.job.Decimals;
import org.uniem.job.Job;
import org.uniem.job.OutputException;
import org.uniem.job.files.StagedOutput;
import org.uniem.job.files.WholeFile;

/** SWC files of objects and the table of them: a folder, or one file and the table beside it. */
final class SkeletonFiles {

  /** Name of the table in a folder. */
  static final String TABLE_NAME = "skeletons.csv";

  private static final long BYTES_PER_VOXEL = 64;

  private final Path output;
  private final StringBuilder table = new StringBuilder();

  /**
   * @param output a file where its name ends in .swc, else a folder
   */
  SkeletonFiles(Path output) {
    this.output = output;
  }

  /** Whether the output is one file. */
  boolean isSingle() {
    return output.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".swc");
  }

  /** Where the table goes. */
  Path table() {
    return isSingle()
        ? output.resolveSibling(Paths.baseName(output) + "-" + TABLE_NAME)
        : output.resolve(TABLE_NAME);
  }

  /** Writes the skeletons of objects; returns how many there are. */
  int write(ObjectRuns runs, long[] ids, TeasarOptions options, Job job) {
    table.append(
        "id,vertices,trees,length_%s,branch_points,end_points,radius_min_%s,radius_mean_%s,radius_max_%s\n"
            .replace("%s", runs.voxelSize().plainUnit()));
    return isSingle() ? writeFile(runs, ids, options, job) : writeFolder(runs, ids, options, job);
  }

  private int writeFile(ObjectRuns runs, long[] ids, TeasarOptions options, Job job) {
    List<Skeleton> skeletons = new ArrayList<>();
    each(runs, ids, options, skeletons, job);
    SwcFile.write(output, skeletons, runs.voxelSize().plainUnit());
    try {
      WholeFile.writeText(table(), table.toString());
    } catch (OutputException e) {
      Paths.deleteAfter(e, output);
      throw e;
    }
    return skeletons.size();
  }

  private int writeFolder(ObjectRuns runs, long[] ids, TeasarOptions options, Job job) {
    StagedOutput folder = new StagedOutput(output, true);
    try {
      List<Skeleton> skeletons = new ArrayList<>();
      each(runs, ids, options, skeletons, job);
      for (Skeleton skeleton : skeletons) {
        job.checkCancelled();
        SwcFile.write(
            folder.temporary().resolve(skeleton.id() + ".swc"),
            List.of(skeleton),
            runs.voxelSize().plainUnit());
      }
      WholeFile.writeText(folder.temporary().resolve(TABLE_NAME), table.toString());
      folder.commit();
      return skeletons.size();
    } finally {
      folder.discard();
    }
  }

  private void each(
      ObjectRuns runs, long[] ids, TeasarOptions options, List<Skeleton> kept, Job job) {
    ObjectTasks.each(
        "Making skeletons",
        ids,
        id -> BYTES_PER_VOXEL * runs.table().voxels(id),
        id -> Teasar.of(runs.voxels(id), options, job),
        skeleton -> {
          if (skeleton.size() > 0) {
            kept.add(skeleton);
            table.append(row(skeleton));
          }
        },
        job);
  }

  private static String row(Skeleton skeleton) {
    return String.format(
        Locale.ROOT,
        "%d,%d,%d,%s,%d,%d,%s,%s,%s\n",
        skeleton.id(),
        skeleton.size(),
        skeleton.trees(),
        Decimals.of(skeleton.length()),
        skeleton.branchPoints(),
        skeleton.endPoints(),
        Decimals.of(skeleton.minRadius()),
        Decimals.of(skeleton.meanRadius()),
        Decimals.of(skeleton.maxRadius()));
  }
}
