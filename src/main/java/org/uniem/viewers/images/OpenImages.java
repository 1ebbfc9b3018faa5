package org.uniem.viewers.images;

import ij.ImagePlus;
import ij.WindowManager;
import ij.io.FileInfo;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.uniem.job.BadInputException;
import org.uniem.job.UniemException;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/**
 * The images that are open in ImageJ, as inputs of commands. A path parameter may hold the title of
 * one in place of a path; macros then record and replay with either. Thread-safe.
 */
public final class OpenImages {

  private OpenImages() {}

  /**
   * The open image that a path parameter names.
   *
   * @param name a relative path of one part, taken for a title
   * @return empty where no open image has this title
   * @throws BadInputException if several images have it and none of them is the active one, or if a
   *     file of another content has this name too
   */
  public static Optional<ImagePlus> named(File name) {
    if (name.isAbsolute()) {
      return Optional.empty();
    }
    List<ImagePlus> found = new ArrayList<>();
    int[] ids = WindowManager.getIDList();
    for (int id : ids == null ? new int[0] : ids) {
      ImagePlus image = WindowManager.getImage(id);
      if (image != null && hasTitle(image, name)) {
        found.add(image);
      }
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    ImagePlus image = found.size() == 1 ? found.get(0) : activeOf(found, name);
    requireNoOtherFile(name, image);
    return Optional.of(image);
  }

  /** A file name leaves out doubled and final separators, which a title may have. */
  private static boolean hasTitle(ImagePlus image, File name) {
    return new File(image.getTitle()).equals(name);
  }

  private static ImagePlus activeOf(List<ImagePlus> images, File name) {
    ImagePlus active = WindowManager.getCurrentImage();
    if (active != null && images.contains(active)) {
      return active;
    }
    throw new BadInputException(
        images.size()
            + " open images have the title '"
            + name
            + "': expected one. Rename the others with Image > Rename..., or click on the one you"
            + " mean.");
  }

  private static void requireNoOtherFile(File name, ImagePlus image) {
    if (!name.exists()) {
      return;
    }
    Path file = name.toPath().toAbsolutePath().normalize();
    // An image that was changed since it was opened from there is meant itself.
    if (!origin(image).equals(Optional.of(file))) {
      throw new BadInputException(
          "'"
              + name
              + "' is the title of an open image and the name of "
              + file
              + ": which is meant? Give the whole path, or rename the image with Image >"
              + " Rename...");
    }
  }

  /** The image that the user works on, empty where none is open. */
  public static Optional<ImagePlus> active() {
    return Optional.ofNullable(WindowManager.getCurrentImage());
  }

  /**
   * What a path parameter holds to name an open image: its file, or its title where it has changed
   * or is of no file that our readers know.
   *
   * @param image an open image
   */
  public static File reference(ImagePlus image) {
    return source(image).map(Path::toFile).orElseGet(() -> new File(image.getTitle()));
  }

  /**
   * An open image as volume: its file where it is the unchanged content of one, else its own
   * pixels, which are not copied.
   *
   * @param image an open image
   * @return close it after use; the image stays open
   * @throws BadInputException if it is a time series
   */
  public static Volume open(ImagePlus image) {
    Optional<Path> file = source(image);
    if (file.isPresent()) {
      return Volumes.open(file.get());
    }
    // The pixels outlast the window, should the user close it meanwhile.
    image.setIgnoreFlush(true);
    return inMemory(image);
  }

  private static Volume inMemory(ImagePlus image) {
    return Volumes.of(
        new ImagePlanes(image).intervals(), ImageCalibration.voxelSize(image), image.getTitle());
  }

  /**
   * The file or folder that an image is the unchanged content of, as far as our readers know it.
   *
   * <p>Not every plugin notes that it changed an image. So size, type and voxel size are compared
   * with the file, and of an image in memory also the first, the shown and the last slice.
   *
   * @param image an open image
   */
  public static Optional<Path> source(ImagePlus image) {
    Optional<Path> origin = image.changes ? Optional.empty() : origin(image);
    try {
      if (origin.isEmpty()
          || !Files.exists(Volumes.place(origin.get()))
          || !Volumes.canOpen(origin.get())) {
        return Optional.empty();
      }
      try (Volume file = Volumes.open(origin.get());
          Volume shown = inMemory(image)) {
        return isSame(file, shown, image) ? origin : Optional.empty();
      }
    } catch (UniemException e) {
      // Not for our readers, or gone: then the image itself is taken.
      return Optional.empty();
    }
  }

  /** Where an image was opened from, whatever became of it. */
  private static Optional<Path> origin(ImagePlus image) {
    FileInfo info = image.getOriginalFileInfo();
    if (info == null || info.directory == null || info.directory.isEmpty()) {
      return Optional.empty();
    }
    try {
      Path path = Path.of(info.directory, info.fileName == null ? "" : info.fileName);
      return Optional.of(path.toAbsolutePath().normalize());
    } catch (InvalidPathException e) {
      // Not a path of this system, for example an address in the web.
      return Optional.empty();
    }
  }

  /** ImageJ shows a depth of one unit where the file says nothing of it. */
  private static boolean isSame(VoxelSize file, VoxelSize shown) {
    return file.hasDepth()
        ? file.equals(shown)
        : file.equals(VoxelSize.ofPlane(shown.x(), shown.y(), shown.unit()));
  }

  private static boolean isSame(Volume file, Volume shown, ImagePlus image) {
    boolean same =
        file.width() == shown.width()
            && file.height() == shown.height()
            && file.depth() == shown.depth()
            && file.channels() == shown.channels()
            && file.pixelType() == shown.pixelType()
            && isSame(file.voxelSize(), shown.voxelSize());
    if (!same || image.getStack().isVirtual()) {
      return same;
    }
    long last = shown.depth() - 1;
    long current = Math.min(last, image.getZ() * (long) image.getT() - 1);
    Set<Long> slices = new TreeSet<>(List.of(0L, current, last));
    float[] first = new float[Math.toIntExact(shown.width() * shown.height())];
    float[] second = new float[first.length];
    for (long z : slices) {
      file.readSlice(z, 0, first);
      shown.readSlice(z, 0, second);
      if (!Arrays.equals(first, second)) {
        return false;
      }
    }
    return true;
  }
}
