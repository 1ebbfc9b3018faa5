package org.uniem.volumes.mrc;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.uniem.job.BadInputException;
import org.uniem.job.OutputException;
import org.uniem.job.files.WholeFile;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeFormat;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.chunked.ChunkedVolume;
import org.uniem.volumes.chunked.VolumeAxes;

/** MRC files: tomograms, tilt series and density maps. Stateless. */
public final class MrcFormat implements VolumeFormat {

  private static final Pattern OWN_NAME = Pattern.compile("(?is).*\\.mrcs?(\\.(gz|bz2))?");
  private static final Pattern SHARED_NAME =
      Pattern.compile("(?is).*\\.(rec|st|ali|preali|map|ccp4)");
  private static final Pattern PACKED = Pattern.compile("(?is).*\\.(gz|bz2)");
  private static final Pattern WRITTEN = Pattern.compile("(?is).*[^/\\\\]\\.mrc");
  private static final List<PixelType> TYPES =
      List.of(PixelType.UINT8, PixelType.UINT16, PixelType.FLOAT32);

  @Override
  public String description() {
    return "MRC file (.mrc, .rec, .st, .map)";
  }

  @Override
  public boolean reads(Path path) {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    if (OWN_NAME.matcher(path.toString()).matches()) {
      return true;
    }
    try {
      byte[] start = start(path);
      return MrcHeader.hasMark(start)
          || SHARED_NAME.matcher(path.toString()).matches() && MrcHeader.isLikely(start);
    } catch (IOException e) {
      throw failed(path.toString(), e);
    }
  }

  private static byte[] start(Path path) throws IOException {
    try (InputStream in = new FileInputStream(path.toFile())) {
      return in.readNBytes(MrcHeader.BYTES);
    }
  }

  @Override
  public Volume open(Path path) {
    if (PACKED.matcher(path.toString()).matches()) {
      throw new BadInputException(
          "Cannot read " + path + ": it is compressed. Unpack it first (gunzip, bunzip2).");
    }
    try {
      MrcHeader header = MrcHeader.read(start(path), Files.size(path));
      MrcArray array = new MrcArray(path, new RandomAccessFile(path.toFile(), "r"), header);
      try {
        String name = path.toAbsolutePath().normalize().getFileName().toString();
        return new ChunkedVolume(
            array,
            new VolumeAxes(2, 1, 0, -1),
            new ChunkedVolume.Description(name, header.voxelSize(), false, Optional.empty()),
            array);
      } catch (RuntimeException | Error e) {
        array.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed(path.toString(), e);
    }
  }

  /** What a failure to read means. */
  static BadInputException failed(String what, IOException e) {
    return new BadInputException("Cannot read " + what + ": " + WholeFile.reason(e) + ".", e);
  }

  /** Without 8 bits, whose sign programs do not agree on. */
  @Override
  public List<PixelType> labelTypes() {
    return List.of(PixelType.UINT16, PixelType.FLOAT32);
  }

  @Override
  public boolean writes(Path output) {
    return WRITTEN.matcher(output.toString()).matches();
  }

  @Override
  public VolumeWriter create(Path output, VolumeSpec spec, List<String> channelNames) {
    if (!TYPES.contains(spec.pixelType()) || spec.channels() != 1) {
      throw new OutputException(
          "Cannot write "
              + output
              + " with "
              + spec.channels()
              + " channels of type "
              + spec.pixelType()
              + ": MRC files hold one of "
              + TYPES
              + ". Give a name ending in .ome.zarr.");
    }
    return new MrcWriter(output, spec);
  }
}
