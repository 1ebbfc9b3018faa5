package org.uniem.networks.checkpoints;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.uniem.job.BadInputException;
import org.uniem.job.files.WholeFile;
import org.uniem.networks.Weights;

/**
 * A checkpoint as TensorFlow's Saver writes it ("V2"): {@code NAME.index} and {@code
 * NAME.data-00000-of-00001}. Only these two are read; the graph ({@code NAME.meta}) is not.
 *
 * <p>Source: tensorflow/core/util/tensor_bundle. Immutable and thread-safe; memory holds the index
 * alone.
 */
public final class TensorFlowCheckpoint {

  private static final String INDEX = ".index";
  private static final String DATA = ".data-00000-of-00001";
  private static final Pattern STEP = Pattern.compile("-(\\d{1,18})\\.index$");

  /** Key of the entry that describes the checkpoint as a whole. */
  private static final String HEADER = "";

  private final Path prefix;
  private final Map<String, TensorEntry> entries;

  private TensorFlowCheckpoint(Path prefix, Map<String, TensorEntry> entries) {
    this.prefix = prefix;
    this.entries = entries;
  }

  /**
   * Finds and opens a checkpoint.
   *
   * @param path its name without endings, one of its files, or a folder, whose checkpoint of the
   *     highest step is taken
   * @throws BadInputException if there is none, it is damaged, compressed or split over several
   *     data files
   */
  public static TensorFlowCheckpoint open(Path path) {
    Path prefix = prefix(path);
    Path index = withEnding(prefix, INDEX);
    Map<String, TensorEntry> entries = new LinkedHashMap<>();
    try (FileChannel channel = FileChannel.open(index)) {
      for (Map.Entry<String, ByteBuffer> entry : SortedTable.read(channel).entrySet()) {
        if (!entry.getKey().equals(HEADER)) {
          entries.put(entry.getKey(), TensorEntry.parse(entry.getValue()));
        }
      }
    } catch (IOException e) {
      throw damaged(index, WholeFile.reason(e), e);
    } catch (BadInputException e) {
      throw new BadInputException("Cannot read checkpoint " + prefix + ": " + e.getMessage(), e);
    }
    Path data = withEnding(prefix, DATA);
    if (!Files.isRegularFile(data)) {
      throw new BadInputException(
          "Cannot read checkpoint "
              + prefix
              + ": there is no "
              + data.getFileName()
              + " beside its index. Copy both files; a checkpoint in several data files has to be"
              + " saved again as one.");
    }
    return new TensorFlowCheckpoint(prefix, Collections.unmodifiableMap(entries));
  }

  /** Whether a path leads to a checkpoint, as {@link #open} understands it. */
  public static boolean isAt(Path path) {
    return Files.isRegularFile(withEnding(path, INDEX))
        || Files.isRegularFile(withEnding(withoutEnding(path), INDEX))
        || Files.isDirectory(path);
  }

  private static Path prefix(Path path) {
    if (Files.isRegularFile(withEnding(path, INDEX))) {
      return path;
    }
    Path bare = withoutEnding(path);
    if (Files.isRegularFile(withEnding(bare, INDEX))) {
      return bare;
    }
    if (Files.isDirectory(path)) {
      return newest(path);
    }
    throw new BadInputException(
        "Cannot read checkpoint "
            + path
            + ": there is no file "
            + withEnding(bare, INDEX).getFileName()
            + ". Give the name of the checkpoint without endings, its .index file, or its folder.");
  }

  private static Path newest(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(INDEX))
          .max(Comparator.comparingLong(TensorFlowCheckpoint::step).thenComparing(f -> f))
          .map(TensorFlowCheckpoint::withoutEnding)
          .orElseThrow(
              () ->
                  new BadInputException(
                      "Folder " + folder + " holds no checkpoint: expected a file *.index."));
    } catch (IOException e) {
      throw new BadInputException("Cannot read " + folder + ": " + WholeFile.reason(e) + ".", e);
    }
  }

  /** The step a name ends with, −1 where it ends with none. */
  private static long step(Path index) {
    Matcher matcher = STEP.matcher(index.getFileName().toString());
    return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
  }

  private static Path withEnding(Path prefix, String ending) {
    return prefix.resolveSibling(prefix.getFileName() + ending);
  }

  private static Path withoutEnding(Path path) {
    String name = String.valueOf(path.getFileName());
    return path.resolveSibling(name.replaceFirst("\\.(index|meta|data-\\d{5}-of-\\d{5})$", ""));
  }

  /** The path without endings. */
  public Path prefix() {
    return prefix;
  }

  /** The two files that are read. */
  public List<Path> files() {
    return List.of(withEnding(prefix, INDEX), withEnding(prefix, DATA));
  }

  /** Names of the tensors, in alphabetical order. */
  public Set<String> names() {
    return entries.keySet();
  }

  /**
   * The shape of a tensor.
   *
   * @param name one of {@link #names()}
   */
  public List<Long> shape(String name) {
    return entry(name).shape();
  }

  /**
   * Reads tensors of 32-bit floats and checks their checksums.
   *
   * @param names tensors by the name they shall have: new name, name in the checkpoint
   * @throws BadInputException if one is missing, of another type or damaged
   */
  public Weights read(Map<String, String> names) {
    Path data = withEnding(prefix, DATA);
    Map<String, Weights.Tensor> tensors = new LinkedHashMap<>();
    try (FileChannel channel = FileChannel.open(data)) {
      for (Map.Entry<String, String> name : names.entrySet()) {
        tensors.put(name.getKey(), read(channel, data, name.getValue()));
      }
    } catch (IOException e) {
      throw damaged(data, WholeFile.reason(e), e);
    }
    return new Weights(tensors);
  }

  private Weights.Tensor read(FileChannel channel, Path data, String name) throws IOException {
    TensorEntry entry = entry(name);
    if (entry.type() != TensorEntry.FLOAT || entry.sliced() || entry.shard() != 0) {
      throw new BadInputException(
          "Cannot read checkpoint "
              + prefix
              + ": tensor "
              + name
              + (entry.type() != TensorEntry.FLOAT
                  ? " is of TensorFlow's type " + entry.type() + ", expected 32-bit floats."
                  : " is stored in several pieces. Save the checkpoint again in one."));
    }
    if (entry.bytes() != entry.count() * Float.BYTES
        || entry.offset() < 0
        || entry.offset() > channel.size() - entry.bytes()) {
      throw new IOException(
          String.format(
              "tensor %s of shape %s is said to take %d bytes from byte %d on, the file has %d",
              name, entry.shape(), entry.bytes(), entry.offset(), channel.size()));
    }
    ByteBuffer bytes = Bytes.read(channel, entry.offset(), Math.toIntExact(entry.bytes()));
    if (Bytes.maskedCrc(bytes) != entry.crc()) {
      throw new IOException("the checksum of tensor " + name + " does not fit");
    }
    float[] values = new float[(int) entry.count()];
    bytes.asFloatBuffer().get(values);
    int[] shape = entry.shape().stream().mapToInt(Long::intValue).toArray();
    return new Weights.Tensor(shape, values);
  }

  private TensorEntry entry(String name) {
    TensorEntry entry = entries.get(name);
    if (entry == null) {
      throw new BadInputException(
          "Checkpoint " + prefix + " has no tensor " + name + "; it has " + someNames() + ".");
    }
    return entry;
  }

  private String someNames() {
    List<String> some = new ArrayList<>(entries.keySet());
    int shown = Math.min(5, some.size());
    return some.isEmpty()
        ? "none"
        : String.join(", ", some.subList(0, shown))
            + (some.size() > shown ? " and " + (some.size() - shown) + " others" : "");
  }

  private static BadInputException damaged(Path file, String why, IOException cause) {
    return new BadInputException(
        "Cannot read checkpoint file "
            + file
            + ": "
            + why
            + ". The file is truncated, damaged or not a TensorFlow checkpoint: copy it again.",
        cause);
  }
}
