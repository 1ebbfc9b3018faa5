package org.uniem.floodfilling.subvolumes;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.uniem.job.Job;
import org.uniem.volumes.Volume;

/**
 * What results were made from and how, by name: results of another image, model or setting do not
 * belong together. Immutable; its own content only.
 *
 * @param entries values by name, in the order in which they are compared
 */
public record Fingerprint(Map<String, String> entries) {

  private static final int SLICES = 64;

  public Fingerprint {
    entries = new LinkedHashMap<>(entries);
  }

  /**
   * What distinguishes two, in words; empty where nothing does.
   *
   * @param now its names are compared
   */
  public String differenceTo(Fingerprint now) {
    StringBuilder words = new StringBuilder();
    now.entries.forEach(
        (name, value) -> {
          if (!value.equals(entries.get(name))) {
            words.append(words.length() == 0 ? "" : "; ");
            words.append(name).append(' ').append(entries.get(name)).append(" there, ");
            words.append(value).append(" now");
          }
        });
    return words.toString();
  }

  /** Tells a text from every other. */
  static String checksum(String text) {
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(sum.getValue());
  }

  /**
   * Checksum of the values of up to 64 slices spread over a volume.
   *
   * @param name what the volume is, for the progress, for example "image"
   * @throws java.util.concurrent.CancellationException if the job is cancelled
   */
  public static String checksum(Volume volume, int channel, String name, Job job) {
    CRC32C sum = new CRC32C();
    float[] slice = new float[Math.toIntExact(volume.width() * volume.height())];
    long slices = Math.min(SLICES, volume.depth());
    Job.Stage progress = job.stage("Recognising the " + name, slices, "slices");
    for (long i = 0; i < slices; i++) {
      volume.readSlice(slices == 1 ? 0 : i * (volume.depth() - 1) / (slices - 1), channel, slice);
      update(sum, slice, (int) volume.width());
      progress.advance(1);
    }
    return Long.toHexString(sum.getValue());
  }

  /** Adds the values of a slice to a checksum. */
  private static void update(CRC32C sum, float[] slice, int width) {
    byte[] bytes = new byte[4 * width];
    for (int start = 0; start < slice.length; start += width) {
      for (int x = 0; x < width; x++) {
        int bits = Float.floatToIntBits(slice[start + x]);
        bytes[4 * x] = (byte) bits;
        bytes[4 * x + 1] = (byte) (bits >> 8);
        bytes[4 * x + 2] = (byte) (bits >> 16);
        bytes[4 * x + 3] = (byte) (bits >> 24);
      }
      sum.update(bytes);
    }
  }
}
