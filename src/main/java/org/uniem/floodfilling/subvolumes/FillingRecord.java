package org.uniem.floodfilling.subvolumes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.uniem.floodfilling.FillingModel;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.scene.Extent;
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

  private static final int SLICES = 64;
  private static final String DELTAS = "deltas";

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
    return new FillingRecord(
        List.of(image.width(), image.height(), image.depth()),
        checksum(image, input.channel(), "image", job),
        input.excluded().map(mask -> checksum(mask, 0, "mask", job)).orElse(""),
        model.identity() + ", mean " + model.mean() + ", deviation " + model.deviation(),
        settings,
        List.of(grid.size().x(), grid.size().y(), grid.size().z()),
        List.of(grid.overlap().x(), grid.overlap().y(), grid.overlap().z()));
  }

  private static String checksum(Volume volume, int channel, String name, Job job) {
    CRC32C sum = new CRC32C();
    float[] slice = new float[Math.toIntExact(volume.width() * volume.height())];
    byte[] bytes = new byte[4 * (int) volume.width()];
    long slices = Math.min(SLICES, volume.depth());
    Job.Stage progress = job.stage("Recognising the " + name, slices, "slices");
    for (long i = 0; i < slices; i++) {
      volume.readSlice(slices == 1 ? 0 : i * (volume.depth() - 1) / (slices - 1), channel, slice);
      for (int start = 0; start < slice.length; start += (int) volume.width()) {
        for (int x = 0; x < volume.width(); x++) {
          int bits = Float.floatToIntBits(slice[start + x]);
          bytes[4 * x] = (byte) bits;
          bytes[4 * x + 1] = (byte) (bits >> 8);
          bytes[4 * x + 2] = (byte) (bits >> 16);
          bytes[4 * x + 3] = (byte) (bits >> 24);
        }
        sum.update(bytes);
      }
      progress.advance(1);
    }
    return Long.toHexString(sum.getValue());
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
    CRC32C sum = new CRC32C();
    sum.update(toString().getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(sum.getValue());
  }

  /** What distinguishes two records, in words; empty where nothing does. */
  String differenceTo(FillingRecord other) {
    Map<String, String> own = entries();
    StringBuilder words = new StringBuilder();
    other
        .entries()
        .forEach(
            (name, value) -> {
              if (!value.equals(own.get(name))) {
                words.append(words.length() == 0 ? "" : "; ");
                words.append(name).append(' ').append(own.get(name)).append(" there, ");
                words.append(value).append(" now");
              }
            });
    return words.toString();
  }

  private Map<String, String> entries() {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("image size", volume.toString());
    entries.put("image checksum", image);
    entries.put("mask checksum", excluded.isEmpty() ? "none" : excluded);
    entries.put("model", model);
    entries.putAll(settings);
    entries.put("subvolume size", size.toString());
    entries.put("overlap", overlap.toString());
    return entries;
  }
}
