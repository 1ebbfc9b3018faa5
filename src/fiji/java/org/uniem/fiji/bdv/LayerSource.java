package org.uniem.fiji.bdv;

import bdv.util.AbstractSource;
import bdv.viewer.Interpolation;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import mpicbg.spim.data.sequence.FinalVoxelDimensions;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.RealRandomAccessible;
import net.imglib2.realtransform.AffineTransform3D;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.view.Views;
import org.uniem.fiji.voxels.CachedVoxels;
import org.uniem.viewers.VolumeLayer;
import org.uniem.volumes.VoxelSize;

/** A layer in physical coordinates whose voxels can be exchanged. */
final class LayerSource<T extends NumericType<T>> extends AbstractSource<T> {

  private final boolean nearest;
  private final VoxelSize size;
  private volatile Levels<T> levels;

  /**
   * The voxels at one or two levels.
   *
   * @param voxels of each level, the full one first
   * @param factors every how many pixels a level has one, along x and y
   */
  record Levels<T>(List<RandomAccessibleInterval<T>> voxels, List<Integer> factors) {

    static <T> Levels<T> of(CachedVoxels cache, IntFunction<RandomAccessibleInterval<T>> level) {
      return new Levels<>(
          IntStream.range(0, cache.levels()).mapToObj(level).toList(),
          IntStream.range(0, cache.levels()).mapToObj(cache::factor).toList());
    }
  }

  LayerSource(VolumeLayer layer, Levels<T> levels, T type) {
    super(type, layer.name(), dimensions(layer.voxelSize()));
    this.nearest = layer.kind() == VolumeLayer.Kind.LABELS;
    this.levels = levels;
    this.size = layer.voxelSize();
  }

  private static FinalVoxelDimensions dimensions(VoxelSize size) {
    return new FinalVoxelDimensions(size.unit(), size.x(), size.y(), size.zOr(size.x()));
  }

  void exchange(Levels<T> others) {
    levels = others;
  }

  @Override
  public int getNumMipmapLevels() {
    return levels.voxels().size();
  }

  @Override
  public RandomAccessibleInterval<T> getSource(int t, int level) {
    return levels.voxels().get(level);
  }

  @Override
  public RealRandomAccessible<T> getInterpolatedSource(int t, int level, Interpolation method) {
    // There is no id between two ids.
    return Views.interpolate(
        Views.extendZero(getSource(t, level)),
        interpolators.get(nearest ? Interpolation.NEARESTNEIGHBOR : method));
  }

  @Override
  public void getSourceTransform(int t, int level, AffineTransform3D target) {
    int factor = levels.factors().get(level);
    double depth = size.zOr(size.x());
    target.set(size.x() * factor, 0, 0, 0, 0, size.y() * factor, 0, 0, 0, 0, depth, 0);
  }
}
