package org.uniem.volumes.hdf5;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.uniem.job.BadInputException;
import org.uniem.job.files.WholeFile;
import org.uniem.volumes.LabelKey;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeFormat;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.VoxelSize;
import org.uniem.volumes.chunked.ChunkedVolume;
import org.uniem.volumes.chunked.ElementType;
import org.uniem.volumes.chunked.VolumeAxes;
import org.uniem.volumes.hdf5.structure.Attribute;
import org.uniem.volumes.hdf5.structure.Dataset;
import org.uniem.volumes.hdf5.structure.Hdf5File;
import org.uniem.volumes.hdf5.structure.UnsupportedFeatureException;

/**
 * Datasets of HDF5 files. Stateless.
 *
 * <p>A path goes on inside the file: {@code file.h5:/volumes/raw}, or {@code file.h5/volumes/raw}.
 * Without it the file's only dataset of three axes or more is read, and {@code /data} is written.
 */
public final class Hdf5Format implements VolumeFormat {

  static final String LABELS = "uniem_labels";
  static final String CLASSES = "uniem_label_classes";
  static final String UNLABELLED = "uniem_unlabelled";

  private static final int MOST_LISTED = 20;

  /** CREMI's groups of labels. */
  private static final Pattern LABEL_GROUP = Pattern.compile("(?i)(.*/)?labels(/.*)?");

  @Override
  public String description() {
    return "dataset in an HDF5 file (.h5)";
  }

  @Override
  public Path place(Path path) {
    return Hdf5Path.ofExisting(path)
        .filter(Hdf5Format::isHdf5)
        .or(() -> Hdf5Path.ofName(path))
        .map(Hdf5Path::file)
        .orElse(path);
  }

  @Override
  public boolean reads(Path path) {
    return Hdf5Path.ofExisting(path).filter(Hdf5Format::isHdf5).isPresent();
  }

  private static boolean isHdf5(Hdf5Path path) {
    try {
      // A file that has the name but not the content gets a better message on opening.
      return Hdf5Path.ofName(path.file()).isPresent() || Hdf5File.isHdf5(path.file());
    } catch (IOException e) {
      throw new BadInputException(
          "Cannot read " + path.file() + ": " + WholeFile.reason(e) + ".", e);
    }
  }

  @Override
  public Volume open(Path path) {
    Hdf5Path given = Hdf5Path.ofExisting(path).orElseThrow();
    Hdf5File file;
    try {
      file = new Hdf5File(given.file());
    } catch (IOException e) {
      throw failed(given.file().toString(), e);
    }
    try {
      Hdf5Path found = given.with(find(file, given));
      return open(file, found);
    } catch (IOException e) {
      closeAfter(file, e);
      throw failed(given.toString(), e);
    } catch (RuntimeException | Error e) {
      closeAfter(file, e);
      throw e;
    }
  }

  private static void closeAfter(Hdf5File file, Throwable failure) {
    try {
      file.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** The path of the dataset that is meant. */
  private static String find(Hdf5File file, Hdf5Path path) throws IOException {
    if (!path.inner().isEmpty() && file.dataset(path.inner()).isPresent()) {
      return path.inner();
    }
    List<Hdf5File.Entry> all = file.datasets(path.inner());
    if (!path.inner().isEmpty() && !file.isGroup(path.inner())) {
      throw new BadInputException(
          "There is no dataset "
              + path.inner()
              + " in "
              + path.file()
              + ". "
              + listed(path, file.datasets("")));
    }
    for (int rank = 3; rank >= 2; rank--) {
      int least = rank;
      List<Hdf5File.Entry> images =
          all.stream()
              .filter(entry -> entry.shape().length >= least)
              .filter(
                  entry ->
                      BigDataViewerLayout.of(entry.path()).filter(l -> l.level() > 0).isEmpty())
              .toList();
      if (images.size() == 1) {
        return images.get(0).path();
      }
      if (images.size() > 1) {
        throw new BadInputException(
            path + " holds " + images.size() + " images: expected one. " + listed(path, images));
      }
    }
    throw new BadInputException(
        path + " holds no image: expected a dataset with axes z, y, x. " + listed(path, all));
  }

  private static String listed(Hdf5Path path, List<Hdf5File.Entry> entries) {
    if (entries.isEmpty()) {
      return "It holds no dataset at all.";
    }
    StringBuilder text =
        new StringBuilder("Give the path of one, for example " + path.with(entries.get(0).path()));
    text.append(". There are:");
    for (Hdf5File.Entry entry : entries.subList(0, Math.min(MOST_LISTED, entries.size()))) {
      text.append("\n  ").append(entry);
    }
    if (entries.size() > MOST_LISTED) {
      text.append("\n  and ").append(entries.size() - MOST_LISTED).append(" more");
    }
    return text.toString();
  }

  private static Volume open(Hdf5File file, Hdf5Path path) throws IOException {
    Dataset dataset = file.dataset(path.inner()).orElseThrow();
    ElementType type = Hdf5Array.typeOf(dataset.type());
    Optional<BigDataViewerLayout> layout = BigDataViewerLayout.of(path.inner());
    Hdf5Axes axes;
    VoxelSize size;
    if (layout.isPresent() && dataset.shape().length == 3) {
      axes = new Hdf5Axes(2, 1, 0, Hdf5Axes.NONE);
      size = layout.get().voxelSize(path.file(), file, path.inner());
      // BigDataViewer stores unsigned numbers under the name of signed ones.
      type = type == ElementType.INT16 ? ElementType.UINT16 : type;
    } else {
      axes = Hdf5Axes.of(dataset);
      size = Hdf5Spacing.of(dataset, axes);
    }
    Map<String, Attribute> attributes = dataset.attributes();
    boolean labels = attributes.containsKey(LABELS) || LABEL_GROUP.matcher(path.inner()).matches();
    return new ChunkedVolume(
        new Hdf5Array(path, dataset, type),
        new VolumeAxes(axes.x(), axes.y(), axes.z(), axes.channel()),
        new ChunkedVolume.Description(path.name(), size, labels, labelKey(attributes)),
        file);
  }

  private static Optional<LabelKey> labelKey(Map<String, Attribute> attributes) throws IOException {
    Attribute classes = attributes.get(CLASSES);
    Attribute unlabelled = attributes.get(UNLABELLED);
    if (classes == null || unlabelled == null || unlabelled.numbers().isEmpty()) {
      return Optional.empty();
    }
    int value = (int) unlabelled.numbers().get()[0];
    return Optional.of(new LabelKey(value, List.of(String.join("", classes.texts()).split(","))));
  }

  /** What a failure to read means. */
  static BadInputException failed(String what, IOException e) {
    String advice = ". If it is an HDF5 file, the copy is probably damaged: copy it again.";
    if (e instanceof UnsupportedFeatureException) {
      advice = ". Open it in another program and save it from there.";
    }
    return new BadInputException("Cannot read " + what + ": " + WholeFile.reason(e) + advice, e);
  }

  @Override
  public List<PixelType> labelTypes() {
    return List.of(PixelType.UINT8, PixelType.UINT16, PixelType.UINT32, PixelType.UINT64);
  }

  @Override
  public boolean writes(Path output) {
    return Hdf5Path.ofName(output).isPresent();
  }

  @Override
  public VolumeWriter create(Path output, VolumeSpec spec, List<String> channelNames) {
    return new Hdf5Writer(Hdf5Path.ofName(output).orElseThrow(), spec);
  }
}
