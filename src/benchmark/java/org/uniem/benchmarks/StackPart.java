package org.uniem.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.Volumes;

/**
 * Cuts a box out of a stack, for {@code scripts/learn-flood-filling}: arguments are the stack, the
 * output, the first voxel x,y,z, the size x,y,z, and what is made of the voxels.
 *
 * <ul>
 *   <li>{@code grey}: nothing.
 *   <li>{@code objects=b}: labels, where b is background too and becomes 0.
 *   <li>{@code interior=b}: 255 in objects, 0 in background, b, and where one of the four
 *       neighbours in the slice has another label: the membranes a 2D network learns.
 * </ul>
 */
public final class StackPart {

  private final Volume stack;
  private final int[] from;
  private final int[] size;
  private final String kind;
  private final int background;

  private StackPart(Volume stack, int[] from, int[] size, String kind) {
    this.stack = stack;
    this.from = from;
    this.size = size;
    this.kind = kind.split("=")[0];
    this.background = this.kind.equals("grey") ? -1 : Integer.parseInt(kind.split("=")[1]);
    if (!List.of("grey", "objects", "interior").contains(this.kind)) {
      throw new IllegalArgumentException(kind + ": give grey, objects=… or interior=…");
    }
  }

  /** Cuts one box. */
  public static void main(String[] args) {
    try (Volume stack = Volumes.open(Path.of(args[0]))) {
      new StackPart(stack, numbers(args[2]), numbers(args[3]), args[4]).write(Path.of(args[1]));
    }
  }

  private static int[] numbers(String text) {
    return Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
  }

  private void write(Path output) {
    PixelType type = kind.equals("objects") ? stack.pixelType() : PixelType.UINT8;
    VolumeSpec spec = new VolumeSpec(size[0], size[1], size[2], 1, type, stack.voxelSize());
    float[] slice = new float[Math.toIntExact(stack.width() * stack.height())];
    try (VolumeWriter writer = Volumes.create(output, spec)) {
      for (int z = 0; z < size[2]; z++) {
        stack.readSlice((long) from[2] + z, 0, slice);
        writer.writeSlice(part(slice));
      }
      writer.commit();
    }
  }

  private float[] part(float[] slice) {
    float[] part = new float[size[0] * size[1]];
    for (int y = 0, i = 0; y < size[1]; y++) {
      for (int x = 0; x < size[0]; x++, i++) {
        float value = slice[voxel(from[0] + x, from[1] + y)];
        part[i] = value == background ? 0 : value;
        if (kind.equals("interior")) {
          part[i] = part[i] != 0 && isInside(slice, from[0] + x, from[1] + y) ? 255 : 0;
        }
      }
    }
    return part;
  }

  private boolean isInside(float[] slice, int x, int y) {
    float label = slice[voxel(x, y)];
    return label == slice[voxel(Math.max(from[0], x - 1), y)]
        && label == slice[voxel(Math.min(from[0] + size[0] - 1, x + 1), y)]
        && label == slice[voxel(x, Math.max(from[1], y - 1))]
        && label == slice[voxel(x, Math.min(from[1] + size[1] - 1, y + 1))];
  }

  private int voxel(int x, int y) {
    return y * (int) stack.width() + x;
  }
}
