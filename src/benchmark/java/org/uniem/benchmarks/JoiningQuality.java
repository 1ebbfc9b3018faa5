package org.uniem.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;
import org.uniem.floodfilling.FillingListener;
import org.uniem.floodfilling.FillingOptions;
import org.uniem.floodfilling.joining.Reconciliation;
import org.uniem.floodfilling.joining.ReconciliationOptions;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.seeds.PeakSeeds;
import org.uniem.floodfilling.subvolumes.FillingInput;
import org.uniem.floodfilling.subvolumes.SegmentationFolder;
import org.uniem.floodfilling.subvolumes.SubvolumeFilling;
import org.uniem.floodfilling.subvolumes.SubvolumeOptions;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;
import org.uniem.job.files.Folders;
import org.uniem.metrics.ContingencyTable;
import org.uniem.metrics.Foreground;
import org.uniem.metrics.InstanceScores;
import org.uniem.networks.ModelFolder;
import org.uniem.networks.TensorFlowRuntime;
import org.uniem.networks.floodfilling.FloodFillingNetwork;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/**
 * Compares what a network finds in overlapping subvolumes, joined, with what it finds in the whole
 * at once, for several sizes of subvolumes.
 */
public final class JoiningQuality {

  private static final int THREADS = 2;

  private final FloodFillingNetwork network;
  private final Volume image;
  private final Path folder;
  private final Job job;

  private JoiningQuality(FloodFillingNetwork network, Volume image, Path folder, Job job) {
    this.network = network;
    this.image = image;
    this.folder = folder;
    this.job = job;
  }

  /**
   * Runs the comparison.
   *
   * @param arguments model folder, image stack, size of its middle that is used, file for the
   *     table, overlap, then sizes of subvolumes; each size and the overlap is x,y,z
   */
  public static void main(String[] arguments) throws IOException {
    TensorFlowRuntime runtime = new TensorFlowRuntime("cpu", THREADS);
    Path folder = Files.createTempDirectory("uniem-joining-");
    try (Job job = new Job(THREADS, ProgressListener.NONE);
        Volume stack = Volumes.open(Path.of(arguments[1]));
        FloodFillingNetwork network =
            new FloodFillingNetwork(ModelFolder.open(Path.of(arguments[0])), runtime)) {
      Volume middle = middle(stack, extent(arguments[2]));
      JoiningQuality quality = new JoiningQuality(network, middle, folder, job);
      StringBuilder table =
          new StringBuilder(
              "| Subvolume | Number | Objects | Joined to others | Rand F |\n"
                  + "|---|---:|---:|---:|---:|\n");
      Extent all = extent(arguments[2]);
      long[] whole = quality.labels(quality.join(all, extent(arguments[4]), table));
      for (String size : List.of(arguments).subList(5, arguments.length)) {
        long[] joined = quality.labels(quality.join(extent(size), extent(arguments[4]), table));
        table.append(String.format(Locale.ROOT, "%.4f |%n", randF(joined, whole)));
        System.err.print(table);
      }
      System.out.print(table);
      Files.writeString(Path.of(arguments[3]), table);
    } finally {
      Folders.deleteTree(folder);
    }
    // Threads of the native libraries would keep the process alive.
    System.exit(0);
  }

  private static Extent extent(String xyz) {
    return Extent.of(List.of(xyz.split(",")).stream().mapToInt(Integer::parseInt).toArray());
  }

  @SuppressWarnings("unchecked") // RealType<?> is a T of its own kind
  private static <T extends RealType<T>> Volume middle(Volume stack, Extent size) {
    long[] min = {
      (stack.width() - size.x()) / 2,
      (stack.height() - size.y()) / 2,
      (stack.depth() - size.z()) / 2
    };
    RandomAccessibleInterval<T> part =
        Views.offsetInterval(
            (RandomAccessibleInterval<T>) (RandomAccessibleInterval<?>) stack.channel(0),
            min,
            new long[] {size.x(), size.y(), size.z()});
    float[] pixels = new float[(int) size.voxels()];
    int i = 0;
    for (T value : Views.flatIterable(part)) {
      pixels[i++] = value.getRealFloat();
    }
    return Volumes.of(
        ArrayImgs.floats(pixels, size.x(), size.y(), size.z()), VoxelSize.UNKNOWN, "middle");
  }

  private Reconciliation join(Extent size, Extent overlap, StringBuilder table) {
    FillingOptions options = network.options();
    SegmentationFolder parts =
        SubvolumeFilling.fill(
            FillingInput.of(image),
            network.model(),
            new PeakSeeds(),
            options,
            new SubvolumeOptions(size, overlap, 1, 1L << 40),
            folder.resolve(size.toString()),
            FillingListener.NONE,
            job);
    Reconciliation joined = Reconciliation.of(parts, ReconciliationOptions.DEFAULT, job);
    table.append(
        String.format(
            Locale.ROOT,
            "| %s | %d | %d | %d | ",
            size,
            parts.grid().count(),
            joined.count(),
            joined.joined()));
    if (parts.grid().count() == 1) {
      table.append("1 |\n");
    }
    return joined;
  }

  private long[] labels(Reconciliation joined) {
    int slice = (int) (image.width() * image.height());
    long[] all = new long[(int) (slice * image.depth())];
    joined.write((z, labels) -> System.arraycopy(labels, 0, all, (int) z * slice, slice), job);
    return all;
  }

  private static double randF(long[] joined, long[] whole) {
    ContingencyTable table = new ContingencyTable();
    for (int i = 0; i < joined.length; i++) {
      table.add(joined[i], whole[i], 1);
    }
    return InstanceScores.of(table, Foreground.TRUTH).rand();
  }
}
