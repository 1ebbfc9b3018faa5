package org.uniem.commands.help;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.uniem.annotation.ObjectTable;
import org.uniem.metrics.ContingencyTable;
import org.uniem.metrics.ObjectMatches;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/** The demo's objects beside the true ones, on the slices that the network has not seen. */
final class DemoObjects {

  /** As the average precision of the reports counts them. */
  private static final double SAME = 0.5;

  private final int width;
  private final int height;
  private final VoxelSize voxelSize;
  private final List<long[]> found = new ArrayList<>();
  private final List<long[]> truth = new ArrayList<>();
  private final ObjectTable foundTable;
  private final ObjectTable truthTable;
  private final ObjectMatches matches;

  /**
   * Reads all slices, which the phantom has few of.
   *
   * @param seen slices that were trained on and are not scored
   */
  DemoObjects(DemoFiles files, List<Long> seen) {
    ContingencyTable pairs = new ContingencyTable();
    try (Volume objects = Volumes.open(files.objects());
        Volume expected = Volumes.open(files.truth())) {
      width = (int) objects.width();
      height = (int) objects.height();
      voxelSize = objects.voxelSize();
      foundTable = new ObjectTable(width, voxelSize);
      truthTable = new ObjectTable(width, voxelSize);
      for (long z = 0; z < objects.depth(); z++) {
        found.add(ids(objects, z));
        truth.add(ids(expected, z));
        foundTable.add(z, found.get((int) z));
        truthTable.add(z, truth.get((int) z));
        if (!seen.contains(z)) {
          count(pairs, found.get((int) z), truth.get((int) z));
        }
      }
    }
    matches = ObjectMatches.of(pairs, SAME);
  }

  private static long[] ids(Volume volume, long z) {
    long[] ids = new long[Math.toIntExact(volume.width() * volume.height())];
    volume.readLabels(z, 0, ids);
    return ids;
  }

  private static void count(ContingencyTable pairs, long[] found, long[] truth) {
    for (int i = 0; i < found.length; i++) {
      pairs.add(found[i], truth[i], 1);
    }
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  VoxelSize voxelSize() {
    return voxelSize;
  }

  ObjectMatches matches() {
    return matches;
  }

  long[] found(long z) {
    return found.get((int) z);
  }

  long[] truth(long z) {
    return truth.get((int) z);
  }

  /** Sizes and places of what was found. */
  ObjectTable table() {
    return foundTable;
  }

  /** Sizes and places of what is true. */
  ObjectTable truthTable() {
    return truthTable;
  }

  /** An object and the slice in which it is largest. */
  record Place(long id, boolean isFalse, long voxels, long z, int x, int y) {}

  /** What was found wrongly or missed, the largest first. */
  List<Place> errors() {
    List<Place> places = new ArrayList<>();
    matches.falseIds().forEach(id -> places.add(place(id, true, found, foundTable)));
    matches.missedIds().forEach(id -> places.add(place(id, false, truth, truthTable)));
    places.sort(Comparator.comparingLong(Place::voxels).reversed());
    return places;
  }

  private Place place(long id, boolean isFalse, List<long[]> slices, ObjectTable table) {
    long best = 0;
    int most = 0;
    for (long z = table.min(id)[2]; z <= table.max(id)[2]; z++) {
      int here = 0;
      for (long label : slices.get((int) z)) {
        here += label == id ? 1 : 0;
      }
      if (here > most) {
        most = here;
        best = z;
      }
    }
    int x = (int) (table.min(id)[0] + table.max(id)[0]) / 2;
    int y = (int) (table.min(id)[1] + table.max(id)[1]) / 2;
    return new Place(id, isFalse, table.voxels(id), best, x, y);
  }
}
