package org.uniem.viewers.images;

import ij.VirtualStack;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import org.uniem.volumes.PixelType;
import org.uniem.volumes.Volume;

/** Slices of a volume as ImageJ wants them, read when they are shown; channels before slices. */
final class VolumeStack extends VirtualStack {

  private final Volume volume;

  /**
   * @param volume open as long as the stack is used
   */
  VolumeStack(Volume volume) {
    super(
        Math.toIntExact(volume.width()),
        Math.toIntExact(volume.height()),
        Math.toIntExact(volume.depth() * volume.channels()));
    this.volume = volume;
    // What is wider is shown as floats.
    setBitDepth(8 * Math.min(4, volume.pixelType().bytes()));
  }

  @Override
  public ImageProcessor getProcessor(int n) {
    float[] values = new float[getWidth() * getHeight()];
    int channels = volume.channels();
    volume.readSlice((n - 1) / channels, (n - 1) % channels, values);
    return processor(values);
  }

  private ImageProcessor processor(float[] values) {
    if (volume.pixelType().bytes() > 2) {
      return new FloatProcessor(getWidth(), getHeight(), values);
    }
    boolean eight = volume.pixelType() == PixelType.UINT8;
    ImageProcessor processor =
        eight
            ? new ByteProcessor(getWidth(), getHeight())
            : new ShortProcessor(getWidth(), getHeight());
    for (int i = 0; i < values.length; i++) {
      processor.set(i, (int) values[i]);
    }
    return processor;
  }

  @Override
  public String getSliceLabel(int n) {
    return volume.sliceName((n - 1) / volume.channels());
  }
}
