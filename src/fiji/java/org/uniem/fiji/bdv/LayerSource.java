package org.uniem.fiji.bdv;

import bdv.util.AbstractSource;
import bdv.viewer.Interpolation;
import mpicbg.spim.data.sequence.FinalVoxelDimensions;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.RealRandomAccessible;
import net.imglib2.realtransform.AffineTransform3D;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.view.Views;
import org.uniem.viewers.VolumeLayer;
import org.uniem.volumes.VoxelSize;

/** A layer in physical coordinates whose voxels can be exchanged. */
final class LayerSource<T extends NumericType<T>> extends AbstractSource<T> {

  private final boolean nearest;
  private final AffineTransform3D transform = new AffineTransform3D();
  private volatile RandomAccessibleInterval<T> voxels;

  LayerSource(VolumeLayer layer, RandomAccessibleInterval<T> voxels, T type) {
    super(type, layer.name(), dimensions(layer.voxelSize()));
    this.nearest = layer.kind() == VolumeLayer.Kind.LABELS;
    this.voxels = voxels;
    VoxelSize size = layer.voxelSize();
    transform.scale(size.x(), size.y(), size.z());
  }

  private static FinalVoxelDimensions dimensions(VoxelSize size) {
    return new FinalVoxelDimensions(size.unit(), size.x(), size.y(), size.z());
  }

  void exchange(RandomAccessibleInterval<T> others) {
    voxels = others;
  }

  @Override
  public RandomAccessibleInterval<T> getSource(int t, int level) {
    return voxels;
  }

  @Override
  public RealRandomAccessible<T> getInterpolatedSource(int t, int level, Interpolation method) {
    // There is no id between two ids.
    return Views.interpolate(
        Views.extendZero(voxels),
        interpolators.get(nearest ? Interpolation.NEARESTNEIGHBOR : method));
  }

  @Override
  public void getSourceTransform(int t, int level, AffineTransform3D target) {
    target.set(transform);
  }
}
