package org.uniem.volumes.hdf5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uniem.volumes.LengthUnit;
import org.uniem.volumes.VoxelSize;
import org.uniem.volumes.hdf5.structure.Attribute;
import org.uniem.volumes.hdf5.structure.Dataset;
import org.uniem.volumes.hdf5.structure.Scale;

/**
 * Voxel sizes by the conventions of HDF5 files: {@code element_size_um} in µm, {@code resolution}
 * or {@code voxel_size} in the unit of {@code units} or {@code unit}, in nm where there is none
 * (CREMI), each with a number per spatial axis in the order of the file; and scales of h5py with a
 * unit. Where two of them differ, or a number cannot be a size, the size is unknown. Stateless.
 */
final class Hdf5Spacing {

  static final String MICROMETERS = "element_size_um";
  static final String NANOMETERS = "resolution";
  static final String OTHERS = "voxel_size";
  static final String UNIT = "unit";

  /** No microscope resolves less: such numbers are of another unit than nm. */
  private static final double SMALLEST_NANOMETERS = 0.01;

  private static final double SAME = 1e-3;

  private Hdf5Spacing() {}

  /** The voxel size of a dataset, {@link VoxelSize#UNKNOWN} where the file says nothing. */
  static VoxelSize of(Dataset dataset, Hdf5Axes axes) throws IOException {
    Map<String, Attribute> attributes = dataset.attributes();
    Optional<String> unit = unit(attributes);
    List<VoxelSize> found = new ArrayList<>();
    numbers(attributes, MICROMETERS, axes, dataset)
        .ifPresent(sizes -> found.add(inUnit(size(sizes, axes, "µm"), unit)));
    for (String name : List.of(NANOMETERS, OTHERS)) {
      Optional<double[]> sizes = numbers(attributes, name, axes, dataset);
      if (sizes.isPresent() && (unit.isPresent() && !name.equals(NANOMETERS))) {
        found.add(size(sizes.get(), axes, unit.get()));
      } else if (sizes.isPresent()) {
        nanometers(sizes.get(), axes, attributes).ifPresent(size -> found.add(inUnit(size, unit)));
      }
    }
    if (found.isEmpty()) {
      scaled(dataset, axes).ifPresent(found::add);
    }
    boolean same = found.stream().allMatch(size -> isSame(size, found.get(0)));
    return found.isEmpty() || !same ? VoxelSize.UNKNOWN : found.get(found.size() - 1);
  }

  /** CREMI's, whose unit is nm unless {@code units} says another. */
  private static Optional<VoxelSize> nanometers(
      double[] sizes, Hdf5Axes axes, Map<String, Attribute> attributes) throws IOException {
    Optional<String> other = text(attributes, "units");
    if (other.isPresent()) {
      return Optional.of(size(sizes, axes, other.get()));
    }
    for (double size : sizes) {
      if (size < SMALLEST_NANOMETERS) {
        return Optional.empty();
      }
    }
    return Optional.of(size(sizes, axes, "nm"));
  }

  private static Optional<String> unit(Map<String, Attribute> attributes) throws IOException {
    Optional<String> unit = text(attributes, UNIT);
    return unit.isPresent() ? unit : text(attributes, "units");
  }

  private static Optional<String> text(Map<String, Attribute> attributes, String name)
      throws IOException {
    Attribute attribute = attributes.get(name);
    List<String> texts =
        attribute == null
            ? List.of()
            : attribute.texts().stream().filter(text -> !text.isBlank()).distinct().toList();
    return texts.size() == 1 ? Optional.of(texts.get(0)) : Optional.empty();
  }

  /** Sizes along all axes of the file, 1 for those that are not spatial. */
  private static Optional<double[]> numbers(
      Map<String, Attribute> attributes, String name, Hdf5Axes axes, Dataset dataset) {
    int rank = dataset.shape().length;
    Attribute attribute = attributes.get(name);
    Optional<double[]> numbers = attribute == null ? Optional.empty() : attribute.numbers();
    List<Integer> spatial = axes.spatial();
    if (numbers.isEmpty()) {
      return numbers;
    }
    double[] given = numbers.get();
    double[] sizes = new double[rank];
    Arrays.fill(sizes, 1);
    // A single slice may have the size along z too.
    int before = given.length == 3 && spatial.size() == 2 ? 1 : 0;
    for (int i = 0; i < spatial.size(); i++) {
      int at = given.length == rank ? spatial.get(i) : i + before;
      boolean fits = given.length == rank || given.length == spatial.size() + before;
      // Only what we write has sizes of which that along z is not known.
      boolean open = name.equals(OTHERS) && spatial.get(i) == axes.z() && Double.isNaN(given[at]);
      if (!fits || !(given[at] > 0 || open) || Double.isInfinite(given[at])) {
        return Optional.empty();
      }
      sizes[spatial.get(i)] = given[at];
    }
    return Optional.of(sizes);
  }

  private static VoxelSize size(double[] sizes, Hdf5Axes axes, String unit) {
    double x = sizes[axes.x()];
    double y = sizes[axes.y()];
    return axes.z() == Hdf5Axes.NONE
        ? VoxelSize.ofPlane(x, y, unit)
        : new VoxelSize(x, y, sizes[axes.z()], unit);
  }

  private static VoxelSize inUnit(VoxelSize size, Optional<String> unit) {
    return unit.flatMap(size::in).orElse(size);
  }

  private static boolean isSame(VoxelSize a, VoxelSize b) {
    Optional<VoxelSize> same = b.in(a.unit());
    return same.isPresent()
        && near(a.x(), same.get().x())
        && near(a.y(), same.get().y())
        && near(a.zOr(1), same.get().zOr(1));
  }

  private static boolean near(double a, double b) {
    return Math.abs(a - b) <= SAME * Math.abs(a);
  }

  private static Optional<VoxelSize> scaled(Dataset dataset, Hdf5Axes axes) throws IOException {
    List<Optional<Scale>> scales = dataset.scales();
    double[] sizes = new double[dataset.shape().length];
    Optional<LengthUnit> common = Optional.empty();
    for (int d : axes.spatial()) {
      Optional<Scale> scale = d < scales.size() ? scales.get(d) : Optional.empty();
      Optional<LengthUnit> unit = scale.flatMap(found -> LengthUnit.of(found.unit()));
      if (unit.isEmpty() || scale.get().spacing().isEmpty()) {
        return Optional.empty();
      }
      common = common.isPresent() ? common : unit;
      sizes[d] = unit.get().convert(scale.get().spacing().get(), common.get());
    }
    return Optional.of(size(sizes, axes, common.orElseThrow().symbol()));
  }
}
