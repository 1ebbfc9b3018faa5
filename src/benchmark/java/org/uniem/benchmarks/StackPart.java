package org.uniem.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;
import org.uniem.volumes.VoxelSize;

/**
 * Cuts a box out of a stack, for {@code scripts/learn-flood-filling}.
 *
 * <p>Arguments are the stack, the output, the first voxel x,y,z, the size x,y,z, how many voxels
 * along x and y become one, and what is made of them.
 *
 * <ul>
 *   <li>{@code grey}: their mean.
 *   <li>{@code objects=b}: the label of the first of them; b is background too and becomes 0.
 *   <li>{@code interior=b}: 255 in objects, 0 in background, b, and where one of the four
 *       neighbours in the slice has another label: the membranes a 2D network learns.
 * </ul>
 */
public final class StackPart {

  private final Volume stack;
  private final int[] from;
  private final int[] size;
  private final int bin;
  private final String kind;
  private final int background;

  private StackPart(Volume stack, int[] from, int[] size, int bin, String kind) {
    this.stack = stack;
    this.from = from;
    this.size = new int[] {size[0] / bin, size[1] / bin, size[2]};
    this.bin = bin;
    this.kind = kind.split("=")[0];
    this.background = this.kind.equals("grey") ? -1 : Integer.parseInt(kind.split("=")[1]);
    if (!List.of("grey", "objects", "interior").contains(this.kind)) {
      throw new IllegalArgumentException(kind + ": give grey, objects=… or interior=…");
    }
  }

  /** Cuts one box. */
  public static void main(String[] args) {
    try (Volume stack = Volumes.open(Path.of(args[0]))) {
      int bin = Integer.parseInt(args[4]);
      new StackPart(stack, numbers(args[2]), numbers(args[3]), bin, args[5])
          .write(Path.of(args[1]));
    }
  }

  private static int[] numbers(String text) {
    return Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
  }

  private void write(Path output) {
    PixelType type = kind.equals("objects") ? stack.pixelType() : PixelType.UINT8;
    VoxelSize voxel = stack.voxelSize();
    VoxelSize binned = new VoxelSize(bin * voxel.x(), bin * voxel.y(), voxel.z(), voxel.unit());
    float[] slice = new float[Math.toIntExact(stack.width() * stack.height())];
    try (VolumeWriter writer =
        Volumes.create(output, new VolumeSpec(size[0], size[1], size[2], 1, type, binned))) {
      for (int z = 0; z < size[2]; z++) {
        stack.readSlice((long) from[2] + z, 0, slice);
        float[] part = new float[size[0] * size[1]];
        for (int i = 0; i < part.length; i++) {
          part[i] = value(slice, i % size[0], i / size[0]);
        }
        writer.writeSlice(part);
      }
      writer.commit();
    }
  }

  private float value(float[] slice, int x, int y) {
    return switch (kind) {
      case "grey" -> mean(slice, x, y);
      case "objects" -> label(slice, x, y);
      default -> isInside(slice, x, y) ? 255 : 0;
    };
  }

  private float mean(float[] slice, int x, int y) {
    float sum = 0;
    for (int j = 0; j < bin; j++) {
      for (int i = 0; i < bin; i++) {
        sum += slice[voxel(bin * x + i, bin * y + j)];
      }
    }
    return Math.round(sum / (bin * bin));
  }

  private float label(float[] slice, int x, int y) {
    float label = slice[voxel(bin * x, bin * y)];
    return label == background ? 0 : label;
  }

  private boolean isInside(float[] slice, int x, int y) {
    float label = label(slice, x, y);
    return label != 0
        && label == label(slice, Math.max(0, x - 1), y)
        && label == label(slice, Math.min(size[0] - 1, x + 1), y)
        && label == label(slice, x, Math.max(0, y - 1))
        && label == label(slice, x, Math.min(size[1] - 1, y + 1));
  }

  private int voxel(int x, int y) {
    return (from[1] + y) * (int) stack.width() + from[0] + x;
  }
}
