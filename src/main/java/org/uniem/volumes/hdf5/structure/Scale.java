package org.uniem.volumes.hdf5.structure;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The positions of the elements of another dataset along one of its axes.
 *
 * @param name of the axis, may be empty
 * @param unit of the positions, may be empty
 * @param spacing from one position to the next, empty where they are not evenly spaced
 */
public record Scale(String name, String unit, Optional<Double> spacing) {

  private static final int MOST_POSITIONS = 1 << 20;
  private static final double EVEN = 1e-3;

  /** Reads the scale in a dataset. */
  static Optional<Scale> read(StoredBytes file, long address) throws IOException {
    ObjectHeader header = ObjectHeader.read(file, address);
    if (!header.has(ObjectHeader.DATASPACE)) {
      return Optional.empty();
    }
    Map<String, Attribute> attributes = Attribute.of(file, header);
    Optional<Double> spacing = Optional.empty();
    long[] shape = Dataset.shape(header);
    if (shape.length == 1 && shape[0] > 1 && shape[0] <= MOST_POSITIONS) {
      spacing = spacing(new Dataset(file, header));
    }
    return Optional.of(new Scale(text(attributes, "NAME"), text(attributes, "units"), spacing));
  }

  private static String text(Map<String, Attribute> attributes, String name) throws IOException {
    Attribute attribute = attributes.get(name);
    List<String> texts = attribute == null ? List.of() : attribute.texts();
    // What the library writes into scales that have no positions, and no name of an axis.
    boolean none = texts.isEmpty() || texts.get(0).startsWith("This is a netCDF dimension");
    return none ? "" : texts.get(0);
  }

  private static Optional<Double> spacing(Dataset positions) throws IOException {
    if (!positions.type().isNumber()) {
      return Optional.empty();
    }
    int count = (int) positions.shape()[0];
    int inChunk = positions.chunk()[0];
    double[] values = new double[count];
    for (int start = 0; start < count; start += inChunk) {
      Optional<byte[]> bytes = positions.read(start / inChunk);
      if (bytes.isEmpty()) {
        return Optional.empty();
      }
      double[] part = Attribute.numbers(positions.type(), bytes.get(), inChunk);
      System.arraycopy(part, 0, values, start, Math.min(inChunk, count - start));
    }
    double spacing = (values[count - 1] - values[0]) / (count - 1);
    for (int i = 0; i < count; i++) {
      if (!(Math.abs(values[i] - values[0] - i * spacing) <= EVEN * Math.abs(spacing))) {
        return Optional.empty();
      }
    }
    return spacing == 0 ? Optional.empty() : Optional.of(Math.abs(spacing));
  }
}
