package org.uniem.volumes.omezarr;

import java.util.Optional;
import org.uniem.job.BadParameterException;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.codecs.Blosc;
import org.uniem.volumes.codecs.Codec;
import org.uniem.volumes.codecs.Deflate;
import org.uniem.volumes.codecs.Zstandard;

/**
 * How an OME-Zarr is written.
 *
 * @param version of OME-Zarr: 0.4 is in Zarr v2, 0.5 in Zarr v3
 * @param compression of the chunks
 * @param chunkX size of a chunk along x, 1 or more; never more than the image has
 * @param chunkY along y
 * @param chunkZ along z
 * @param levels number of resolutions, each half as fine as the one before; 0 = until the coarsest
 *     has at most 256 voxels along each axis
 * @param labels whether the values are labels; empty: where they are written as such
 */
public record OmeZarrOptions(
    Version version,
    Compression compression,
    int chunkX,
    int chunkY,
    int chunkZ,
    int levels,
    Optional<Boolean> labels) {

  /** Versions of the format. */
  public enum Version {
    /** In Zarr v2, which every program reads. */
    V0_4("0.4", 2),
    /** In Zarr v3. */
    V0_5("0.5", 3);

    private final String text;
    private final int zarr;

    Version(String text, int zarr) {
      this.text = text;
      this.zarr = zarr;
    }

    String text() {
      return text;
    }

    int zarr() {
      return zarr;
    }
  }

  /** How chunks are compressed. */
  public enum Compression {
    /** Not at all. */
    RAW,
    /** Read by every program; slow. */
    GZIP,
    /** Small and fast. */
    ZSTD,
    /** Shuffled bytes, then LZ4: the fastest. */
    BLOSC;

    Optional<Codec> codec(PixelType type) {
      return switch (this) {
        case RAW -> Optional.empty();
        case GZIP -> Optional.of(new Deflate(true, 5));
        case ZSTD -> Optional.of(new Zstandard(3));
        case BLOSC -> Optional.of(new Blosc("lz4", 5, type.bytes()));
      };
    }
  }

  /** Version 0.4, chunks of 128 x 128 x 32 voxels, zstd. */
  public static final OmeZarrOptions DEFAULT =
      new OmeZarrOptions(Version.V0_4, Compression.ZSTD, 128, 128, 32, 0, Optional.empty());

  /** The most resolutions: no image has more voxels along an axis than this many halvings. */
  public static final int MOST_LEVELS = 32;

  public OmeZarrOptions {
    if (chunkX < 1 || chunkY < 1 || chunkZ < 1) {
      throw new BadParameterException(
          "Chunks of "
              + chunkX
              + " x "
              + chunkY
              + " x "
              + chunkZ
              + " voxels are not possible: give 1 or more along each axis.");
    }
    if (levels < 0 || levels > MOST_LEVELS) {
      throw new BadParameterException(
          "levels=" + levels + " is out of range: give 0 to " + MOST_LEVELS + ".");
    }
  }
}
