package org.uniem.volumes.mrc;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.uniem.job.OutputException;
import org.uniem.job.files.StagedOutput;
import org.uniem.volumes.LengthUnit;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.VoxelSize;
import org.uniem.volumes.storage.PixelBytes;
import org.uniem.volumes.storage.SliceCount;

/**
 * Writes MRC2014 files. Values of 8 bits take 16 (mode 6): bytes would be signed in some programs
 * and unsigned in others.
 */
final class MrcWriter implements VolumeWriter {

  private static final int MODE_UNSIGNED = 6;
  private static final int MODE_FLOAT = 2;
  private static final int VERSION = 20140;

  private final VolumeSpec spec;
  private final PixelType stored;
  private final StagedOutput output;
  private final SliceCount slices;
  private final RandomAccessFile file;
  private double smallest = Double.POSITIVE_INFINITY;
  private double largest = Double.NEGATIVE_INFINITY;
  private double sum;
  private long finite;

  MrcWriter(Path target, VolumeSpec spec) {
    this.spec = spec;
    stored = spec.pixelType() == PixelType.UINT8 ? PixelType.UINT16 : spec.pixelType();
    output = new StagedOutput(target, false);
    slices = new SliceCount(output.target(), spec);
    try {
      file = new RandomAccessFile(output.temporary().toFile(), "rw");
      file.write(new byte[MrcHeader.BYTES]);
    } catch (IOException e) {
      output.discard();
      throw slices.failed(e);
    }
  }

  @Override
  public void writeSlice(float[]... channels) {
    slices.requireNext(channels);
    // First as the type that was asked for, so that what does not fit it is refused.
    byte[] asked =
        PixelBytes.encode(
            channels[0], spec.pixelType(), ByteOrder.LITTLE_ENDIAN, slices.position());
    for (float value : channels[0]) {
      count(value);
    }
    write(
        stored == spec.pixelType()
            ? asked
            : PixelBytes.encode(channels[0], stored, ByteOrder.LITTLE_ENDIAN, slices.position()));
  }

  @Override
  public void writeLabels(long[]... channels) {
    slices.requireNext(channels);
    byte[] asked =
        PixelBytes.encode(
            channels[0], spec.pixelType(), ByteOrder.LITTLE_ENDIAN, slices.position());
    for (long id : channels[0]) {
      count(id);
    }
    write(
        stored == spec.pixelType()
            ? asked
            : PixelBytes.encode(channels[0], stored, ByteOrder.LITTLE_ENDIAN, slices.position()));
  }

  private void count(double value) {
    if (Double.isFinite(value)) {
      smallest = Math.min(smallest, value);
      largest = Math.max(largest, value);
      sum += value;
      finite++;
    }
  }

  /** The lowest row first. */
  private void write(byte[] slice) {
    int row = Math.toIntExact(spec.width() * stored.bytes());
    try {
      byte[] flipped = new byte[slice.length];
      for (int y = (int) spec.height() - 1; y >= 0; y--) {
        int to = ((int) spec.height() - 1 - y) * row;
        System.arraycopy(slice, y * row, flipped, to, row);
      }
      file.write(flipped);
    } catch (IOException e) {
      throw slices.failed(e);
    }
    slices.advance();
  }

  @Override
  public void commit() {
    slices.requireAll();
    try {
      file.seek(0);
      file.write(header());
      file.getFD().sync();
      file.close();
    } catch (IOException e) {
      throw slices.failed(e);
    }
    output.commit();
  }

  private byte[] header() {
    ByteBuffer header = ByteBuffer.allocate(MrcHeader.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    Optional<VoxelSize> size =
        spec.voxelSize().isKnown()
            ? spec.voxelSize().in(LengthUnit.ANGSTROM.symbol())
            : Optional.empty();
    boolean images = size.isPresent() && !size.get().hasDepth();
    int depth = (int) spec.depth();
    header.putInt((int) spec.width()).putInt((int) spec.height()).putInt(depth);
    header.putInt(stored == PixelType.FLOAT32 ? MODE_FLOAT : MODE_UNSIGNED);
    header.putInt(0).putInt(0).putInt(0);
    // One section per cell says that the distance of sections is not known.
    header.putInt((int) spec.width()).putInt((int) spec.height()).putInt(images ? 1 : depth);
    header.putFloat((float) (size.map(VoxelSize::x).orElse(0.0) * spec.width()));
    header.putFloat((float) (size.map(VoxelSize::y).orElse(0.0) * spec.height()));
    header.putFloat((float) (size.map(voxel -> voxel.zOr(0)).orElse(0.0) * depth));
    header.putFloat(90).putFloat(90).putFloat(90).putInt(1).putInt(2).putInt(3);
    header.putFloat((float) (finite == 0 ? 0 : smallest));
    header.putFloat((float) (finite == 0 ? 0 : largest));
    header.putFloat((float) (finite == 0 ? 0 : sum / finite));
    header.putInt(images || depth == 1 ? 0 : 1);
    header.putInt(108, VERSION);
    header.position(MrcHeader.MAP_AT);
    header.put("MAP ".getBytes(StandardCharsets.US_ASCII));
    header.put(new byte[] {0x44, 0x44, 0, 0});
    // The deviation of values is not determined.
    header.putFloat(-1).putInt(1);
    header.put("UNI-EM for Fiji".getBytes(StandardCharsets.US_ASCII));
    return header.array();
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new OutputException("Cannot close " + output.temporary() + ": " + e.getMessage(), e);
    } finally {
      output.discard();
    }
  }
}
