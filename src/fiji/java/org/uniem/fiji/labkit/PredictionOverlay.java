package org.uniem.fiji.labkit;

import bdv.util.volatiles.SharedQueue;
import bdv.util.volatiles.VolatileViews;
import net.imglib2.Interval;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.volatiles.VolatileARGBType;
import net.imglib2.type.volatiles.VolatileUnsignedByteType;
import sc.fiji.labkit.ui.bdv.BdvLayer;
import sc.fiji.labkit.ui.bdv.BdvShowable;
import sc.fiji.labkit.ui.models.DefaultHolder;
import sc.fiji.labkit.ui.models.Holder;
import sc.fiji.labkit.ui.models.SegmentationItem;
import sc.fiji.labkit.ui.models.SegmentationModel;
import sc.fiji.labkit.ui.models.SegmentationResultsModel;
import sc.fiji.labkit.ui.utils.ParametricNotifier;

/**
 * The segmentation of the selected segmenter over the image, computed where it is looked at.
 *
 * <p>Labkit's own layer does the same but never ends its threads.
 */
final class PredictionOverlay implements BdvLayer {

  private final SegmentationModel model;
  private final SharedQueue queue =
      new SharedQueue(Math.max(1, Runtime.getRuntime().availableProcessors()));
  private final Holder<BdvShowable> shown = new DefaultHolder<>(null);
  private final ParametricNotifier<Interval> listeners = new ParametricNotifier<>();
  private final Runnable update = this::update;
  private SegmentationResultsModel followed;

  PredictionOverlay(SegmentationModel model) {
    this.model = model;
    model.segmenterList().selectedSegmenter().notifier().addListener(update);
    update();
  }

  private void update() {
    SegmentationItem item = model.segmenterList().selectedSegmenter().get();
    SegmentationResultsModel results =
        item == null ? null : item.results(model.imageLabelingModel());
    if (results != followed) {
      if (followed != null) {
        followed.segmentationChangedListeners().removeListener(update);
      }
      followed = results;
      if (results != null) {
        results.segmentationChangedListeners().addListener(update);
      }
    }
    boolean any = results != null && results.hasResults();
    shown.set(
        any
            ? BdvShowable.wrap(coloured(results), model.imageLabelingModel().labelTransformation())
            : null);
    listeners.notifyListeners(null);
  }

  private RandomAccessibleInterval<VolatileARGBType> coloured(SegmentationResultsModel results) {
    int[] colours = results.colors().stream().mapToInt(ARGBType::get).toArray();
    RandomAccessibleInterval<VolatileUnsignedByteType> classes =
        VolatileViews.wrapAsVolatile(results.segmentation(), queue);
    return Converters.convert(
        classes,
        (in, out) -> {
          out.setValid(in.isValid());
          if (in.isValid()) {
            int value = in.get().get();
            out.get().set(value < colours.length ? colours[value] : 0);
          }
        },
        new VolatileARGBType());
  }

  /** Ends the threads that compute predictions. */
  void close() {
    queue.shutdown();
    shown.set(null);
  }

  @Override
  public Holder<BdvShowable> image() {
    return shown;
  }

  @Override
  public ParametricNotifier<Interval> listeners() {
    return listeners;
  }

  @Override
  public Holder<Boolean> visibility() {
    return model.segmenterList().segmentationVisibility();
  }

  @Override
  public String title() {
    return "Segmentation";
  }
}
