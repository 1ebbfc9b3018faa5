package org.uniem.fiji.labkit;

import bdv.util.volatiles.SharedQueue;
import bdv.util.volatiles.VolatileViews;
import java.awt.EventQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import net.imglib2.Interval;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.Converters;
import net.imglib2.realtransform.AffineTransform3D;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.volatiles.VolatileARGBType;
import net.imglib2.type.volatiles.VolatileUnsignedByteType;
import net.imglib2.util.Intervals;
import org.scijava.log.LogService;
import org.uniem.volumes.LabelKey;
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

  /** No larger than a cell of any segmenter. */
  private static final int STEP = 32;

  private final SegmentationModel model;
  private final SharedQueue queue =
      new SharedQueue(Math.max(1, Runtime.getRuntime().availableProcessors()));
  private final Holder<BdvShowable> shown = new DefaultHolder<>(null);
  private final ParametricNotifier<Interval> listeners = new ParametricNotifier<>();
  private final Runnable update = this::update;
  private final Supplier<Interval> inView;
  private final ExecutorService ahead =
      Executors.newSingleThreadExecutor(PredictionOverlay::daemon);
  private SegmentationResultsModel followed;
  private volatile boolean closed;

  /**
   * @param inView what is looked at, in pixels of the image
   */
  PredictionOverlay(SegmentationModel model, Supplier<Interval> inView) {
    this.model = model;
    this.inView = inView;
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
    if (results == null || !results.hasResults()) {
      show(null);
      return;
    }
    RandomAccessibleInterval<VolatileARGBType> next = coloured(results);
    RandomAccessibleInterval<UnsignedByteType> classes = results.segmentation();
    if (shown.get() == null) {
      show(next);
    } else if (!closed) {
      // What is shown stays until its place can be taken without a flicker.
      ahead.execute(
          () -> {
            predictAhead(classes);
            EventQueue.invokeLater(() -> show(next));
          });
    }
  }

  private void show(RandomAccessibleInterval<VolatileARGBType> colours) {
    if (closed) {
      return;
    }
    AffineTransform3D place = model.imageLabelingModel().labelTransformation();
    shown.set(colours == null ? null : BdvShowable.wrap(colours, place));
    listeners.notifyListeners(null);
  }

  private void predictAhead(RandomAccessibleInterval<UnsignedByteType> classes) {
    try {
      predict(classes);
    } catch (CancellationException e) {
      // The window is closing, or the network has ended: cells are asked for again when painted.
    } catch (RuntimeException e) {
      if (!closed) {
        model.context().service(LogService.class).error("The prediction cannot be shown.", e);
      }
    }
  }

  /** Computes the cells in view by reading a pixel of each. */
  private void predict(RandomAccessibleInterval<UnsignedByteType> classes) {
    Interval view = Intervals.intersect(inView.get(), classes);
    RandomAccess<UnsignedByteType> access = classes.randomAccess();
    long[] at = view.minAsLongArray();
    for (long y = view.min(1); y < view.max(1) + STEP && !closed; y += STEP) {
      for (long x = view.min(0); x < view.max(0) + STEP && !closed; x += STEP) {
        at[0] = Math.min(x, view.max(0));
        at[1] = Math.min(y, view.max(1));
        access.setPositionAndGet(at).get();
      }
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "uniem-predictions-in-view");
    thread.setDaemon(true);
    return thread;
  }

  private RandomAccessibleInterval<VolatileARGBType> coloured(SegmentationResultsModel results) {
    // Labkit adds it to the image, which is to be seen beneath.
    int[] colours =
        results.colors().stream().mapToInt(colour -> colour.get() >> 1 & 0x7f7f7f).toArray();
    int background = results.labels().indexOf(LabelKey.BACKGROUND);
    if (background >= 0) {
      colours[background] = 0; // It would tint the whole image.
    }
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
    closed = true;
    ahead.shutdownNow();
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
