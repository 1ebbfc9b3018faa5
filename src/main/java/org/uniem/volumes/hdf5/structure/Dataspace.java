package org.uniem.volumes.hdf5.structure;

import java.io.IOException;

/**
 * The size of a dataset or attribute, slowest axis first.
 *
 * @param shape elements along each axis; none for a single element
 * @param most what the dataset can grow to, {@link #UNLIMITED} without limit
 * @param empty whether it has no element at all
 */
record Dataspace(long[] shape, long[] most, boolean empty) {

  static final long UNLIMITED = -1;

  private static final int MOST_AXES = 32;

  static Dataspace read(Fields fields) throws IOException {
    int version = fields.u8();
    int rank = fields.u8();
    int flags = fields.u8();
    if (version < 1 || version > 2) {
      throw new UnsupportedFeatureException("a size has version " + version + ": expected 1 or 2");
    }
    int type = fields.u8();
    fields.skip(version == 1 ? 4 : 0);
    if (rank > MOST_AXES) {
      throw new IOException("a dataset has " + rank + " axes: expected " + MOST_AXES + " at most");
    }
    long[] shape = new long[rank];
    for (int d = 0; d < rank; d++) {
      shape[d] = fields.length();
    }
    long[] most = shape.clone();
    for (int d = 0; d < rank && (flags & 1) != 0; d++) {
      long value = fields.number(fields.lengthSize());
      boolean unlimited = fields.lengthSize() < 8 && value == (1L << 8 * fields.lengthSize()) - 1;
      most[d] = unlimited || value < 0 ? UNLIMITED : value;
    }
    return new Dataspace(shape, most, version == 2 && type == 2);
  }

  /** Number of elements. */
  long count() throws IOException {
    long count = empty ? 0 : 1;
    try {
      for (long length : shape) {
        count = Math.multiplyExact(count, length);
      }
    } catch (ArithmeticException e) {
      throw new IOException("a dataset has more than 2⁶³ elements", e);
    }
    return count;
  }
}
