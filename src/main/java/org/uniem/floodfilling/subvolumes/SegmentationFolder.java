package org.uniem.floodfilling.subvolumes;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.uniem.floodfilling.FillingResult;
import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.job.BadInputException;
import org.uniem.job.files.WholeFile;

/**
 * The subvolumes of one segmentation on disk.
 *
 * <p>{@code filling.json} says what they were made from ({@link FillingRecord}). A subvolume is
 * finished when its {@code subvolume-000012.json} is there, with its objects and counters; beside
 * it are {@code subvolume-000012-labels.gz}, a 32-bit whole number per voxel, and {@code
 * subvolume-000012-probabilities.gz}, a byte per voxel (0 unlabelled, else 1 + ⌊254 p⌋), both x
 * fastest, then y, then z, lowest byte first, compressed with gzip. Each file appears whole or not
 * at all. Thread-safe.
 */
public final class SegmentationFolder {

  /** The version of the format. */
  private static final int FORMAT = 1;

  private static final String RECORD = "filling.json";

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private record RecordFile(int format, FillingRecord made) {}

  /**
   * A finished subvolume.
   *
   * @param run checksum of the record it belongs to
   * @param index its number
   * @param largestId largest label in it
   * @param result its objects and counters
   */
  public record Finished(String run, int index, int largestId, FillingResult result) {}

  private final Path folder;
  private final FillingRecord made;
  private final SubvolumeGrid grid;

  private SegmentationFolder(Path folder, FillingRecord made) {
    this.folder = folder;
    this.made = made;
    this.grid = made.grid();
  }

  /** Whether a folder is one of subvolumes, finished or not. */
  public static boolean isBegun(Path folder) {
    return Files.exists(folder.resolve(RECORD));
  }

  /**
   * Opens the subvolumes of a segmentation.
   *
   * @throws BadInputException if there are none, or what is there cannot be read
   */
  public static SegmentationFolder open(Path folder) {
    Path file = folder.resolve(RECORD);
    if (!Files.exists(file)) {
      throw new BadInputException(
          folder + " holds no subvolumes: expected " + RECORD + " in it. Segment an image first.");
    }
    RecordFile record = read(file, RecordFile.class);
    if (record.format() != FORMAT || record.made() == null) {
      throw new BadInputException(
          file
              + " is of format "
              + record.format()
              + ": expected "
              + FORMAT
              + ". It was written by another version of UNI-EM: use that.");
    }
    return new SegmentationFolder(folder, record.made());
  }

  /**
   * Begins a segmentation or goes on with it.
   *
   * @param folder does not exist yet, is empty, or holds subvolumes of the same record
   * @throws BadInputException if it holds subvolumes made from something else; says from what
   */
  static SegmentationFolder begin(Path folder, FillingRecord made) {
    if (!isBegun(folder)) {
      WholeFile.writeText(folder.resolve(RECORD), GSON.toJson(new RecordFile(FORMAT, made)));
      return new SegmentationFolder(folder, made);
    }
    SegmentationFolder there = open(folder);
    String difference = there.made.differenceTo(made);
    if (!difference.isEmpty()) {
      throw new BadInputException(
          "The subvolumes in "
              + folder
              + " were made from something else: "
              + difference
              + ". Give another folder, or the same image, model and settings to go on.");
    }
    return there;
  }

  /** How the volume is divided. */
  public SubvolumeGrid grid() {
    return grid;
  }

  /** What the subvolumes were made from. */
  public FillingRecord made() {
    return made;
  }

  /**
   * Whether a subvolume is finished.
   *
   * @throws BadInputException if what is there belongs to another segmentation, or cannot be read
   */
  public boolean isFinished(int index) {
    return Files.exists(file(index, ".json")) && finished(index).index() == index;
  }

  /**
   * What is known of a finished subvolume.
   *
   * @throws BadInputException if it is not finished, belongs to another segmentation, or cannot be
   *     read
   */
  public Finished finished(int index) {
    Path file = file(index, ".json");
    if (!Files.exists(file)) {
      throw new BadInputException(
          "Subvolume "
              + index
              + " of "
              + grid.count()
              + " in "
              + folder
              + " is not finished: expected "
              + file.getFileName()
              + ". Run the segmentation again: it goes on where it ended.");
    }
    Finished finished = read(file, Finished.class);
    if (!made.checksum().equals(finished.run()) || finished.index() != index) {
      throw new BadInputException(
          file
              + " is subvolume "
              + finished.index()
              + " of another segmentation ("
              + finished.run()
              + "): expected subvolume "
              + index
              + " of "
              + made.checksum()
              + ". It was made from another image or model: delete it to fill it again.");
    }
    return finished;
  }

  /** Keeps a finished subvolume. */
  void keep(int index, FillingScene scene, FillingResult result) {
    int[] labels = scene.labels();
    int width = (int) scene.own().dimension(0);
    byte[] row = new byte[4 * width];
    compress(
        file(index, "-labels.gz"),
        out -> {
          for (int i = 0; i < scene.ownRows(); i++) {
            int start = scene.ownRow(i);
            for (int x = 0; x < width; x++) {
              int label = Math.max(labels[start + x], 0);
              row[4 * x] = (byte) label;
              row[4 * x + 1] = (byte) (label >> 8);
              row[4 * x + 2] = (byte) (label >> 16);
              row[4 * x + 3] = (byte) (label >> 24);
            }
            out.write(row);
          }
        });
    compress(
        file(index, "-probabilities.gz"),
        out -> {
          for (int i = 0; i < scene.ownRows(); i++) {
            out.write(scene.probabilities(), scene.ownRow(i), width);
          }
        });
    int largest = 0;
    for (int label : labels) {
      largest = Math.max(largest, label);
    }
    // Last: it says that the others are there.
    WholeFile.writeText(
        file(index, ".json"), GSON.toJson(new Finished(made.checksum(), index, largest, result)));
  }

  private interface Bytes {
    void writeTo(OutputStream out) throws IOException;
  }

  private static void compress(Path file, Bytes bytes) {
    WholeFile.write(
        file,
        channel -> {
          OutputStream plain = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
          GZIPOutputStream out = new GZIPOutputStream(plain, 1 << 16);
          bytes.writeTo(out);
          out.finish();
          plain.flush();
        });
  }

  /**
   * Reads the labels of a finished subvolume slice by slice.
   *
   * @throws BadInputException if it is not finished or damaged
   */
  public SubvolumeLabels labels(int index) {
    finished(index);
    return new SubvolumeLabels(file(index, "-labels.gz"), grid.box(index));
  }

  private Path file(int index, String ending) {
    return folder.resolve(String.format(Locale.ROOT, "subvolume-%06d%s", index, ending));
  }

  private static <T> T read(Path file, Class<T> type) {
    try {
      T content = GSON.fromJson(Files.readString(file, StandardCharsets.UTF_8), type);
      if (content == null) {
        throw new JsonParseException("it is empty");
      }
      return content;
    } catch (IOException | RuntimeException e) {
      throw new BadInputException(
          "Cannot read "
              + file
              + " ("
              + e.getMessage()
              + "): expected JSON written by UNI-EM. Restore it, or delete it to compute it again.",
          e);
    }
  }
}
