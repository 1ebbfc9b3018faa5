package org.uniem.viewers.images;

import ij.ImageListener;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileInfo;
import ij.process.LUT;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.uniem.viewers.LabelColours;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;

/**
 * Results as images of ImageJ: named after their file, with voxel size, colours and display range.
 * Thread-safe.
 */
public final class ResultImages {

  /** What the values of an image mean. */
  public enum Kind {
    /** Brightness, shown from the least to the largest value of the first slice. */
    GREY,
    /** Probabilities, shown from 0 to 1. */
    PROBABILITY,
    /**
     * Ids or classes in colours, 0 is black. ImageJ has 256 colours per image: ids beyond 255 are
     * all shown in the last one.
     */
    LABELS
  }

  private static final long LARGEST_IN_MEMORY = 512L << 20;
  private static final int COLOURS = 256;

  private ResultImages() {}

  /**
   * Opens a result; into memory where it takes little of it, else as a virtual stack.
   *
   * @param path file or folder that our readers know
   * @param kind what its values mean
   * @return not shown yet; it is the unchanged content of its file, see {@link OpenImages#source}
   */
  public static ImagePlus open(Path path, Kind kind) {
    Runtime java = Runtime.getRuntime();
    long free = java.maxMemory() - java.totalMemory() + java.freeMemory();
    return open(path, kind, Math.min(LARGEST_IN_MEMORY, free / 4));
  }

  /** As {@link #open(Path, Kind)}, with the most bytes that an image may have in memory. */
  static ImagePlus open(Path path, Kind kind, long bytesInMemory) {
    Volume volume = Volumes.open(path);
    long bytes = volume.width() * volume.height() * volume.depth() * volume.channels();
    bytes *= volume.pixelType().bytes() > 2 ? 4 : 2;
    if (bytes > bytesInMemory) {
      ImagePlus image = image(volume, new VolumeStack(volume), path, kind);
      ImagePlus.addImageListener(new CloseVolume(image, volume));
      return image;
    }
    try (volume) {
      return image(volume, loaded(new VolumeStack(volume)), path, kind);
    }
  }

  private static ImageStack loaded(VolumeStack slices) {
    ImageStack stack = new ImageStack(slices.getWidth(), slices.getHeight());
    for (int n = 1; n <= slices.getSize(); n++) {
      stack.addSlice(slices.getSliceLabel(n), slices.getProcessor(n));
    }
    return stack;
  }

  private static ImagePlus image(Volume volume, ImageStack stack, Path path, Kind kind) {
    ImagePlus image = new ImagePlus(path.getFileName().toString(), stack);
    image.setDimensions(volume.channels(), Math.toIntExact(volume.depth()), 1);
    image.setOpenAsHyperStack(volume.channels() > 1);
    ImageCalibration.apply(volume.voxelSize(), image);
    switch (kind) {
      case PROBABILITY -> image.setDisplayRange(0, volume.pixelType().fullScale());
      case LABELS -> {
        image.getProcessor().setLut(labelLut());
        image.setDisplayRange(0, COLOURS - 1.0);
      }
      default -> image.resetDisplayRange();
    }
    image.setFileInfo(fileInfo(path));
    image.changes = false;
    return image;
  }

  private static LUT labelLut() {
    byte[][] channels = new byte[3][COLOURS];
    for (int id = 0; id < COLOURS; id++) {
      int colour = LabelColours.of(id);
      channels[0][id] = (byte) (colour >> 16);
      channels[1][id] = (byte) (colour >> 8);
      channels[2][id] = (byte) colour;
    }
    return new LUT(channels[0], channels[1], channels[2]);
  }

  /** A folder of slices has a directory and no file name, as for ImageJ's own import. */
  private static FileInfo fileInfo(Path path) {
    Path absolute = path.toAbsolutePath();
    boolean folder = Files.isDirectory(absolute);
    FileInfo info = new FileInfo();
    info.fileFormat = folder ? FileInfo.UNKNOWN : FileInfo.TIFF;
    info.fileName = folder ? "" : absolute.getFileName().toString();
    info.directory = (folder ? absolute : absolute.getParent()) + File.separator;
    return info;
  }

  /** Closes the files of a virtual stack with its image. */
  private record CloseVolume(ImagePlus image, Volume volume) implements ImageListener {

    @Override
    public void imageOpened(ImagePlus opened) {}

    @Override
    public void imageUpdated(ImagePlus updated) {}

    @Override
    public void imageClosed(ImagePlus closed) {
      if (closed == image) {
        ImagePlus.removeImageListener(this);
        volume.close();
      }
    }
  }
}
