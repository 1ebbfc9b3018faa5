package org.uniem.volumes.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.uniem.job.BadInputException;
import org.uniem.job.OutputException;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeFormat;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.planes.PlaneSource;
import org.uniem.volumes.planes.StackVolume;
import org.uniem.volumes.stack.tiff.TiffStack;
import org.uniem.volumes.stack.tiff.TiffStackWriter;

/**
 * Folders of PNG, TIFF or JPEG slices, TIFF stacks and single images. Stateless.
 *
 * <p>A volume keeps decoded slices of up to an eighth of the largest heap.
 */
public final class StackFormat implements VolumeFormat {

  /** Names of files that a folder must not have: who gives them expects such a file. */
  private static final Pattern OTHER_FILES =
      Pattern.compile(
          ".*\\.(png|jpe?g|gif|bmp|webp|jp2|avi|mp4|nii|nii\\.gz|nrrd|nhdr|mhd|mha|mrc|rec|map|n5|h5"
              + "|hdf5?|dm3|dm4|czi|lif|nd2|ims|npy|npz|mat|vtk|stl|obj|ply|glb|gltf)",
          Pattern.CASE_INSENSITIVE);

  @Override
  public String description() {
    return "folder of PNG, TIFF or JPEG slices, TIFF stack (.tif), PNG or JPEG image";
  }

  @Override
  public boolean reads(Path path) {
    if (Files.isDirectory(path)) {
      // Whatever it holds: those of other formats are asked for first.
      return true;
    }
    try {
      // A file that has the name but not the content gets a better message on opening.
      return ImageKind.ofName(path).isPresent() || ImageKind.ofContent(path).isPresent();
    } catch (IOException e) {
      throw new BadInputException("Cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Volume open(Path path) {
    String name = path.toAbsolutePath().normalize().getFileName().toString();
    return new StackVolume(name, source(path), Runtime.getRuntime().maxMemory() / 8);
  }

  private static PlaneSource source(Path path) {
    List<Path> images = Files.isDirectory(path) ? FolderStack.imagesIn(path) : List.of(path);
    if (images.size() == 1 && isTiff(images.get(0))) {
      return new TiffStack(images.get(0));
    }
    return new FolderStack(images);
  }

  private static boolean isTiff(Path file) {
    try {
      return ImageKind.ofContent(file).filter(ImageKind.TIFF::equals).isPresent();
    } catch (IOException e) {
      throw new BadInputException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public List<PixelType> labelTypes() {
    return PixelType.OF_STACKS;
  }

  @Override
  public boolean writes(Path output) {
    return !output.toString().endsWith(".zarr");
  }

  @Override
  public void requireName(Path output) {
    Matcher other = OTHER_FILES.matcher(output.getFileName().toString());
    if (other.matches()) {
      throw new OutputException(
          "Cannot write "
              + output
              + ": a file ending in ."
              + other.group(1)
              + " is not written: expected the name of a folder, or one ending in .tif for a TIFF"
              + " stack or in .ome.zarr for an OME-Zarr.");
    }
  }

  @Override
  public VolumeWriter create(Path output, VolumeSpec spec, List<String> channelNames) {
    requireName(output);
    if (!PixelType.OF_STACKS.contains(spec.pixelType())) {
      throw new OutputException(
          "Cannot write "
              + output
              + " with pixels of type "
              + spec.pixelType()
              + ": TIFF stacks and folders of slices hold "
              + PixelType.OF_STACKS
              + ". Give a name ending in .ome.zarr.");
    }
    String name = output.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".tif") || name.endsWith(".tiff")) {
      return new TiffStackWriter(output, spec);
    }
    return new FolderWriter(output, spec, channelNames);
  }
}
