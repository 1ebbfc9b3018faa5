package org.uniem.volumes.hdf5.structure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the filters that chunks go through when they are written.
 *
 * @param id its registered number
 * @param name as the file gives it, may be empty
 * @param parameters of it
 */
record Filter(int id, String name, long[] parameters) {

  private static final int MOST = 32;
  private static final int FIRST_NAMED = 256;

  /** Reads the filters of a dataset in the order in which they were applied. */
  static List<Filter> read(Fields fields) throws IOException {
    int version = fields.u8();
    if (version < 1 || version > 2) {
      throw new UnsupportedFeatureException(
          "its list of filters has version " + version + ": expected 1 or 2");
    }
    int count = fields.u8();
    if (count > MOST) {
      throw new IOException("it has " + count + " filters: expected " + MOST + " at most");
    }
    fields.skip(version == 1 ? 6 : 0);
    List<Filter> filters = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int id = fields.u16();
      int nameLength = version == 1 || id >= FIRST_NAMED ? fields.u16() : 0;
      fields.skip(2);
      int values = fields.u16();
      String name = fields.text(version == 1 ? (nameLength + 7) / 8 * 8 : nameLength);
      long[] parameters = new long[values];
      for (int k = 0; k < values; k++) {
        parameters[k] = fields.u32();
      }
      fields.skip(version == 1 && values % 2 != 0 ? 4 : 0);
      filters.add(new Filter(id, name, parameters));
    }
    return filters;
  }
}
