package org.uniem.volumes.stack;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.uniem.job.OutputException;
import org.uniem.job.files.StagedOutput;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.stack.raster.PngWriter;
import org.uniem.volumes.stack.tiff.ImageJDescription;
import org.uniem.volumes.stack.tiff.TiffPageWriter;
import org.uniem.volumes.storage.PixelBytes;
import org.uniem.volumes.storage.SliceCount;

/**
 * Writes a folder of slices z0000.png …, or .tif for float, with one sub-folder per channel if
 * there are several.
 */
final class FolderWriter implements VolumeWriter {

  private final VolumeSpec spec;
  private final List<String> channelNames;
  private final StagedOutput output;
  private final SliceCount slices;

  FolderWriter(Path target, VolumeSpec spec, List<String> channelNames) {
    String lowerCase = target.getFileName().toString().toLowerCase(Locale.ROOT);
    if (ImageKind.ofName(target).isPresent()) {
      throw new OutputException(
          target
              + " has the name of a single image: expected the name of a folder, or a name ending"
              + " in .tif for a TIFF stack, found ."
              + lowerCase.substring(lowerCase.lastIndexOf('.') + 1)
              + ".");
    }
    this.spec = spec;
    this.channelNames = List.copyOf(channelNames);
    output = new StagedOutput(target, true);
    slices = new SliceCount(output.target(), spec);
    try {
      for (int c = 0; c < spec.channels(); c++) {
        Files.createDirectories(folderOf(c));
      }
    } catch (IOException e) {
      output.discard();
      throw slices.failed(e);
    }
  }

  private Path folderOf(int channel) {
    Path folder = output.temporary();
    return spec.channels() == 1 ? folder : folder.resolve(channelNames.get(channel));
  }

  @Override
  public void writeSlice(float[]... channels) {
    slices.requireNext(channels);
    String name = Volume.numbered(slices.written());
    try {
      for (int c = 0; c < channels.length; c++) {
        if (spec.pixelType() == PixelType.FLOAT32) {
          writeTiff(folderOf(c).resolve(name + ".tif"), channels[c]);
        } else {
          writePng(folderOf(c).resolve(name + ".png"), channels[c]);
        }
      }
    } catch (IOException e) {
      throw slices.failed(e);
    }
    slices.advance();
  }

  private void writeTiff(Path file, float[] values) throws IOException {
    int width = (int) spec.width();
    int height = (int) spec.height();
    VolumeSpec slice = new VolumeSpec(width, height, 1, 1, PixelType.FLOAT32, spec.voxelSize());
    try (TiffPageWriter page =
        new TiffPageWriter(file, width, height, PixelType.FLOAT32, TiffPageWriter.CLASSIC_LIMIT)) {
      page.writePage(
          PixelBytes.encode(values, PixelType.FLOAT32, ByteOrder.LITTLE_ENDIAN, slices.position()));
      page.finish(ImageJDescription.of(slice, 0, 0), spec.voxelSize());
    }
  }

  private void writePng(Path file, float[] values) throws IOException {
    byte[] pixels =
        PixelBytes.encode(values, spec.pixelType(), ByteOrder.BIG_ENDIAN, slices.position());
    byte[] png =
        PngWriter.encode(
            pixels,
            (int) spec.width(),
            (int) spec.height(),
            spec.pixelType(),
            SliceFile.text(spec.voxelSize()));
    try (FileOutputStream out = new FileOutputStream(file.toFile())) {
      out.write(png);
      out.getFD().sync();
    }
  }

  @Override
  public void commit() {
    slices.requireAll();
    output.commit();
  }

  @Override
  public void close() {
    output.discard();
  }
}
