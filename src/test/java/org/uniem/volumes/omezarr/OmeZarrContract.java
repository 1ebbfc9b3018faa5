package org.uniem.volumes.omezarr;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.uniem.volumes.FormatContract;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.omezarr.OmeZarrOptions.Compression;
import org.uniem.volumes.omezarr.OmeZarrOptions.Version;

/** The contract of formats with chunks that the test volumes do not fill evenly. */
abstract class OmeZarrContract extends FormatContract {

  abstract Version version();

  @Override
  protected String ending() {
    return ".ome.zarr";
  }

  @Override
  protected List<PixelType> types() {
    return List.of(PixelType.values());
  }

  @Override
  protected VolumeWriter create(Path path, VolumeSpec spec) {
    OmeZarrOptions options =
        new OmeZarrOptions(version(), Compression.ZSTD, 4, 9, 2, 2, Optional.empty());
    // Labels of floats are in stacks only.
    boolean floats = spec.pixelType() == PixelType.FLOAT32;
    OmeZarrOptions images =
        new OmeZarrOptions(version(), Compression.BLOSC, 4, 9, 2, 2, Optional.of(false));
    return OmeZarrFormat.create(
        path, spec, List.of("c0"), floats ? images : options, Optional.empty());
  }
}
