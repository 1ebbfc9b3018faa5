package org.uniem.volumes.stack.tiff;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.uniem.job.OutputException;
import org.uniem.job.files.StagedOutput;
import org.uniem.volumes.VolumeSpec;
import org.uniem.volumes.VolumeWriter;
import org.uniem.volumes.storage.PixelBytes;
import org.uniem.volumes.storage.SliceCount;

/** Writes a TIFF stack that ImageJ opens with its voxel size, slices and channels. */
public final class TiffStackWriter implements VolumeWriter {

  private final VolumeSpec spec;
  private final StagedOutput output;
  private final SliceCount slices;
  private final TiffPageWriter pages;
  private float min = Float.POSITIVE_INFINITY;
  private float max = Float.NEGATIVE_INFINITY;

  public TiffStackWriter(Path target, VolumeSpec spec) {
    this(target, spec, TiffPageWriter.CLASSIC_LIMIT);
  }

  TiffStackWriter(Path target, VolumeSpec spec, long classicLimit) {
    this.spec = spec;
    output = new StagedOutput(target, false);
    slices = new SliceCount(output.target(), spec);
    try {
      pages =
          new TiffPageWriter(
              output.temporary(),
              (int) spec.width(),
              (int) spec.height(),
              spec.pixelType(),
              classicLimit);
    } catch (IOException e) {
      output.discard();
      throw slices.failed(e);
    }
  }

  @Override
  public void writeSlice(float[]... channels) {
    slices.requireNext(channels);
    try {
      for (float[] channel : channels) {
        pages.writePage(
            PixelBytes.encode(
                channel, spec.pixelType(), ByteOrder.LITTLE_ENDIAN, slices.position()));
        for (float value : channel) {
          min = Math.min(min, Float.isFinite(value) ? value : min);
          max = Math.max(max, Float.isFinite(value) ? value : max);
        }
      }
    } catch (IOException e) {
      throw slices.failed(e);
    }
    slices.advance();
  }

  @Override
  public void commit() {
    slices.requireAll();
    try {
      String description =
          ImageJDescription.of(spec, Float.isFinite(min) ? min : 0, Float.isFinite(max) ? max : 0);
      pages.finish(description, spec.voxelSize());
      pages.close();
    } catch (IOException e) {
      throw slices.failed(e);
    }
    output.commit();
  }

  @Override
  public void close() {
    try {
      pages.close();
    } catch (IOException e) {
      throw new OutputException("Cannot close " + output.temporary() + ": " + e.getMessage(), e);
    } finally {
      output.discard();
    }
  }
}
