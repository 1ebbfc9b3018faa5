package org.uniem.viewers;

import java.util.ArrayList;
import java.util.List;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.RealType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

/**
 * One thing that a volume view shows.
 *
 * @param name for people, unique within a view
 * @param kind how it is shown
 * @param voxels axes x, y, z from 0; loaded when needed, so reading one may take time
 * @param voxelSize its voxel size
 * @param colour red, green, blue of 8 bits each: of the brightest voxels of an image, or of
 *     probability 1
 * @param fullScale the value that stands for probability 1; without meaning for other kinds
 * @param owner closed with the view
 */
public record VolumeLayer(
    String name,
    Kind kind,
    RandomAccessibleInterval<? extends RealType<?>> voxels,
    VoxelSize voxelSize,
    int colour,
    double fullScale,
    Runnable owner) {

  /** How voxels are shown. */
  public enum Kind {
    /** Brightness, with a contrast that suits the data. */
    IMAGE,
    /** One colour per id, the same each time; 0 is transparent. */
    LABELS,
    /** The layer's colour, as opaque as the voxel is probable. */
    PROBABILITY
  }

  private static final int WHITE = 0xffffff;
  private static final int[] RED_GREEN_BLUE = {0xff0000, 0x00ff00, 0x0000ff};
  private static final int[] OVERLAYS = {0xff8c00, 0x00c8ff, 0xff3cc8, 0x8cff00, 0xb464ff};

  /**
   * The layers of a volume, one per channel.
   *
   * @param volume closed with the view
   * @param kind how it is shown
   * @param first number of the layers of this kind before these, which decides their colours
   */
  public static List<VolumeLayer> of(Volume volume, Kind kind, int first) {
    List<VolumeLayer> layers = new ArrayList<>();
    for (int c = 0; c < volume.channels(); c++) {
      int colour =
          kind == Kind.PROBABILITY
              ? OVERLAYS[(first + c) % OVERLAYS.length]
              : volume.channels() == 3 ? RED_GREEN_BLUE[c] : WHITE;
      layers.add(
          new VolumeLayer(
              volume.channels() == 1 ? volume.name() : volume.name() + " channel " + (c + 1),
              kind,
              volume.channel(c),
              volume.voxelSize(),
              colour,
              volume.pixelType().fullScale(),
              c == 0 ? volume::close : () -> {}));
    }
    return layers;
  }

  /** The same layer under another name. */
  public VolumeLayer named(String other) {
    return new VolumeLayer(other, kind, voxels, voxelSize, colour, fullScale, owner);
  }
}
