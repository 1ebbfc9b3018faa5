package org.uniem.floodfilling.subvolumes;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.uniem.floodfilling.FillingModel;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.scene.Mirroring;
import org.uniem.floodfilling.seeds.SeedPolicy;
import org.uniem.job.Job;
import org.uniem.volumes.Volume;

/**
 * What subvolumes were made from and how: those of another image, model or setting do not belong
 * together. The size of batches is not part of it, since results do not depend on it.
 *
 * @param volume width, height and depth
 * @param image checksum of up to 64 slices spread over the image
 * @param excluded checksum of the mask of voxels left out, empty without one
 * @param model identity, mean and deviation of the network
 * @param settings how objects are begun and grown, by name
 * @param size of a subvolume, x, y, z
 * @param overlap of subvolumes, x, y, z
 */
public record FillingRecord(
    List<Long> volume,
    String image,
    String excluded,
    String model,
    Map<String, String> settings,
    List<Integer> size,
    List<Integer> overlap) {

  private static final String DELTAS = "deltas";
  // Said only where there is one: earlier subvolumes stay those of the same record.
  private static final String MIRROR = "mirror";

  /**
   * Describes a filling.
   *
   * @throws java.util.concurrent.CancellationException if the job is cancelled while images are
   *     read
   */
  static FillingRecord of(
      FillingInput input,
      FillingModel model,
      SeedPolicy seeds,
      FillingOptions options,
      SubvolumeGrid grid,
      Job job) {
    Volume image = input.image();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("seeds", seeds.describe());
    settings.put("fieldOfView", Extent.of(model.predictor().fieldOfView()).toString());
    settings.put(DELTAS, Extent.of(model.predictor().deltas()).toString());
    settings.put("padProbability", String.valueOf(options.padProbability()));
    settings.put("seedProbability", String.valueOf(options.seedProbability()));
    settings.put("moveProbability", String.valueOf(options.moveProbability()));
    settings.put("segmentProbability", String.valueOf(options.segmentProbability()));
    settings.put("minSegmentVoxels", String.valueOf(options.minSegmentVoxels()));
    settings.put("discoThreshold", String.valueOf(options.discoThreshold()));
    settings.put("minBoundaryDistance", String.valueOf(options.minBoundaryDistance()));
    if (input.mirroring() != Mirroring.NONE) {
      settings.put(MIRROR, input.mirroring().toString());
    }
    return new FillingRecord(
        List.of(image.width(), image.height(), image.depth()),
        Fingerprint.checksum(image, input.channel(), "image", job),
        input.excluded().map(mask -> Fingerprint.checksum(mask, 0, "mask", job)).orElse(""),
        model.identity() + ", " + model.intensities(),
        settings,
        List.of(grid.size().x(), grid.size().y(), grid.size().z()),
        List.of(grid.overlap().x(), grid.overlap().y(), grid.overlap().z()));
  }

  /** How the volume is divided. */
  public SubvolumeGrid grid() {
    return new SubvolumeGrid(
        volume.stream().mapToLong(Long::longValue).toArray(), extent(size), extent(overlap));
  }

  /** How far the field of view moved at a time; 0 where that was not noted. */
  public Extent deltas() {
    String[] xyz = settings.getOrDefault(DELTAS, "0,0,0").split(",");
    return Extent.of(Arrays.stream(xyz).mapToInt(Integer::parseInt).toArray());
  }

  private static Extent extent(List<Integer> xyz) {
    return Extent.of(xyz.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Tells this record from every other. */
  String checksum() {
    return Fingerprint.checksum(toString());
  }

  /** What distinguishes two records, in words; empty where nothing does. */
  String differenceTo(FillingRecord other) {
    return fingerprint().differenceTo(other.fingerprint());
  }

  private Fingerprint fingerprint() {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("image size", volume.toString());
    entries.put("image checksum", image);
    entries.put("mask checksum", excluded.isEmpty() ? "none" : excluded);
    entries.put("model", model);
    entries.put(MIRROR, Mirroring.NONE.toString());
    entries.putAll(settings);
    entries.put("subvolume size", size.toString());
    entries.put("overlap", overlap.toString());
    return new Fingerprint(entries);
  }
}
