package org.uniem.volumes.stack.tiff;

import org.uniem.volumes.PixelType;
import org.uniem.volumes.planes.Plane;
import org.uniem.volumes.planes.PlaneShape;

/**
 * A straight line from stored numbers to values, as ImageJ keeps signed images.
 *
 * @param offset the value of 0
 * @param slope value per step
 * @param shift what is added to stored numbers first: ImageJ counts signed ones from the smallest
 * @param noNegatives whether negative values are 0
 */
record GreyCalibration(double offset, double slope, int shift, boolean noNegatives) {

  /** What calibrated images of a size are. */
  PlaneShape shape(PlaneShape stored) {
    return new PlaneShape(stored.width(), stored.height(), stored.channels(), PixelType.FLOAT32);
  }

  /** The values of an image. */
  Plane apply(Plane stored) {
    Plane plane = new Plane(shape(stored.shape()));
    for (int c = 0; c < plane.shape().channels(); c++) {
      float[] values = (float[]) plane.channel(c);
      // Numbers of 8 and 16 bits are exact as floats.
      stored.copyTo(c, values);
      for (int i = 0; i < values.length; i++) {
        float value = (float) (offset + slope * (values[i] + shift));
        values[i] = noNegatives ? Math.max(0, value) : value;
      }
    }
    return plane;
  }
}
