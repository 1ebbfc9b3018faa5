package org.uniem.fiji.bdv;

import bdv.cache.SharedQueue;
import bdv.util.Bdv;
import bdv.util.BdvFunctions;
import bdv.util.BdvOptions;
import bdv.util.BdvStackSource;
import bdv.util.Bounds;
import bdv.viewer.SourceAndConverter;
import java.util.function.ToIntBiFunction;
import net.imglib2.Volatile;
import net.imglib2.converter.Converter;
import net.imglib2.display.ColorConverter;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.NumericType;
import net.imglib2.type.numeric.integer.UnsignedLongType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.type.volatiles.VolatileFloatType;
import net.imglib2.type.volatiles.VolatileUnsignedLongType;
import org.uniem.fiji.bdv.LayerSource.Levels;
import org.uniem.fiji.voxels.CachedVoxels;
import org.uniem.fiji.voxels.ContrastRange;
import org.uniem.viewers.VolumeLayer;

/** One layer as BigDataViewer shows it. */
final class ShownLayer {

  private final LayerColours colours;
  private final SharedQueue queue;
  private final long cacheBytes;
  private final LayerSource<? extends NumericType<?>> source;
  private final LayerSource<? extends NumericType<?>> lazySource;
  private final SourceAndConverter<?> shown;
  private VolumeLayer layer;
  private CachedVoxels cache;

  /**
   * @param layer what is shown
   * @param range its contrast
   * @param queue loads slices
   * @param cacheBytes how many bytes of slices to keep
   */
  ShownLayer(VolumeLayer layer, ContrastRange range, SharedQueue queue, long cacheBytes) {
    this.layer = layer;
    this.queue = queue;
    this.cacheBytes = cacheBytes;
    colours = new LayerColours(layer, range);
    cache = CachedVoxels.of(layer.voxels(), queue, cacheBytes);
    if (layer.kind() == VolumeLayer.Kind.LABELS) {
      LayerSource<UnsignedLongType> ids =
          new LayerSource<>(layer, Levels.of(cache, cache::ids), new UnsignedLongType());
      LayerSource<VolatileUnsignedLongType> lazyIds =
          new LayerSource<>(
              layer, Levels.of(cache, cache::lazyIds), new VolatileUnsignedLongType());
      source = ids;
      lazySource = lazyIds;
      shown = pair(ids, lazyIds, (id, all) -> all.ofId(id.get()));
    } else {
      LayerSource<FloatType> values =
          new LayerSource<>(layer, Levels.of(cache, cache::values), new FloatType());
      LayerSource<VolatileFloatType> lazyValues =
          new LayerSource<>(layer, Levels.of(cache, cache::lazyValues), new VolatileFloatType());
      source = values;
      lazySource = lazyValues;
      shown = pair(values, lazyValues, (value, all) -> all.ofValue(value.get()));
    }
  }

  private <T extends NumericType<T>, V extends Volatile<T> & NumericType<V>>
      SourceAndConverter<T> pair(
          LayerSource<T> now, LayerSource<V> lazy, ToIntBiFunction<T, LayerColours> colour) {
    Converter<T, ARGBType> whole =
        new Colouring<>(colours, (in, all) -> colour.applyAsInt(in, all));
    Converter<V, ARGBType> loaded =
        new Colouring<>(colours, (in, all) -> in.isValid() ? colour.applyAsInt(in.get(), all) : 0);
    return new SourceAndConverter<>(now, whole, new SourceAndConverter<>(lazy, loaded));
  }

  /**
   * Adds the layer to a window.
   *
   * @param target the window, or options for a new one
   */
  BdvStackSource<?> addTo(BdvOptions target, ContrastRange range) {
    BdvStackSource<?> added = BdvFunctions.show(shown, target);
    added
        .getConverterSetups()
        .forEach(
            setup ->
                ((Bdv) added)
                    .getBdvHandle()
                    .getConverterSetups()
                    .getBounds()
                    .setBounds(setup, bounds(range)));
    return added;
  }

  private Bounds bounds(ContrastRange range) {
    double width = range.high() - range.low();
    return layer.kind() == VolumeLayer.Kind.IMAGE
        ? new Bounds(range.low() - width, range.high() + width)
        : new Bounds(0, layer.kind() == VolumeLayer.Kind.LABELS ? 4 : layer.fullScale());
  }

  VolumeLayer layer() {
    return layer;
  }

  LayerColours colours() {
    return colours;
  }

  /** Shows other voxels; the earlier ones are freed. */
  void exchange(VolumeLayer other) {
    VolumeLayer earlier = layer;
    CachedVoxels next = CachedVoxels.of(other.voxels(), queue, cacheBytes);
    if (layer.kind() == VolumeLayer.Kind.LABELS) {
      exchange(source, Levels.of(next, next::ids));
      exchange(lazySource, Levels.of(next, next::lazyIds));
    } else {
      exchange(source, Levels.of(next, next::values));
      exchange(lazySource, Levels.of(next, next::lazyValues));
    }
    layer = other;
    cache.clear();
    cache = next;
    earlier.owner().run();
  }

  @SuppressWarnings("unchecked") // the kind of a layer, and so its type, stays
  private static <T extends NumericType<T>> void exchange(
      LayerSource<? extends NumericType<?>> where, Levels<T> voxels) {
    ((LayerSource<T>) where).exchange(voxels);
  }

  /** Loads voxels anew that changed in place. */
  void refresh() {
    cache.clear();
  }

  /** Frees the voxels; the layer must not be shown any more. */
  void close() {
    cache.clear();
    layer.owner().run();
  }

  /** Colours of one pixel type; the range of all of a layer is the same. */
  private static final class Colouring<T> implements Converter<T, ARGBType>, ColorConverter {

    private final LayerColours colours;
    private final ToIntBiFunction<T, LayerColours> colour;

    Colouring(LayerColours colours, ToIntBiFunction<T, LayerColours> colour) {
      this.colours = colours;
      this.colour = colour;
    }

    @Override
    public void convert(T in, ARGBType out) {
      out.set(colour.applyAsInt(in, colours));
    }

    @Override
    public double getMin() {
      return colours.getMin();
    }

    @Override
    public double getMax() {
      return colours.getMax();
    }

    @Override
    public void setMin(double value) {
      colours.setMin(value);
    }

    @Override
    public void setMax(double value) {
      colours.setMax(value);
    }

    @Override
    public ARGBType getColor() {
      return colours.getColor();
    }

    @Override
    public void setColor(ARGBType value) {
      colours.setColor(value);
    }

    @Override
    public boolean supportsColor() {
      return colours.supportsColor();
    }
  }
}
