package org.uniem.fiji.labkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Component;
import java.awt.Container;
import java.awt.Point;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import javax.swing.JLabel;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.uniem.commands.execution.UniEmWorker;
import org.uniem.commands.networks.Predict;
import org.uniem.commands.worker.ComputeSettings;
import org.uniem.commands.worker.WorkerCommand;
import org.uniem.commands.worker.WorkerProcess;
import org.uniem.fiji.Leaks;
import org.uniem.fiji.Screen;
import org.uniem.fiji.SmallPhantom;
import org.uniem.job.ProgressListener;
import org.uniem.volumes.Volume;
import org.uniem.volumes.Volumes;
import sc.fiji.labkit.ui.models.SegmentationItem;

class NetworkSegmenterTest {

  private static final int SIZE = 192;

  @TempDir Path folder;
  private Screen screen;
  private Context context;

  @BeforeEach
  void start() {
    screen = new Screen();
    context = LabkitWindow.context();
    SmallPhantom.write(folder);
  }

  @AfterEach
  void stop() {
    if (context != null) {
      context.dispose();
    }
  }

  private float[] truth(long z) {
    float[] slice = new float[SIZE * SIZE];
    try (Volume truth = Volumes.open(folder.resolve("mitochondria.tif"))) {
      truth.readSlice(z, 0, slice);
    }
    return slice;
  }

  /** Drags the mouse along rows of pixels that are all inside, or all outside mitochondria. */
  private void scribble(LabkitWindow window, String label, boolean inside, int least, int most) {
    var model = window.painting().model().imageLabelingModel();
    model.selectedLabel().set(model.labeling().get().getLabel(label));
    float[] truth = truth(window.slice());
    int strokes = 0;
    for (int y = 8; y < SIZE - 8 && strokes < most; y += 7) {
      int from = -1;
      for (int x = 8; x < SIZE - 8; x++) {
        boolean wanted = truth[y * SIZE + x] != 0 == inside;
        from = !wanted ? -1 : from < 0 ? x : from;
        if (from >= 0 && x - from >= least && strokes < most) {
          screen.drag(window.place(from + 1, y), window.place(x - 1, y));
          strokes++;
          from = -1;
          x += 10;
        }
      }
    }
    assertTrue(strokes > 2, "only " + strokes + " strokes on " + label);
  }

  private static SegmentationItem item(LabkitWindow window) {
    return window.painting().model().segmenterList().selectedSegmenter().get();
  }

  /** Intersection over union of the prediction of the slice shown. */
  private double jaccard(LabkitWindow window) {
    var results = item(window).results(window.painting().model().imageLabelingModel());
    RandomAccessibleInterval<UnsignedByteType> classes = results.segmentation();
    float[] truth = truth(window.slice());
    RandomAccess<UnsignedByteType> access = classes.randomAccess();
    int both = 0;
    int either = 0;
    for (int i = 0; i < truth.length; i++) {
      access.setPosition(new long[] {i % SIZE, i / SIZE, window.slice()});
      boolean predicted = access.get().get() == 1;
      both += predicted && truth[i] != 0 ? 1 : 0;
      either += predicted || truth[i] != 0 ? 1 : 0;
    }
    return (double) both / either;
  }

  private static boolean hasText(Container container, String words) {
    for (Component part : container.getComponents()) {
      if (part instanceof JLabel label && label.getText() != null && label.getText().contains(words)
          || part instanceof Container inner && hasText(inner, words)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void scribblesTrainANetworkWhosePredictionIsSeenWhileItTrains() {
    try (LabkitWindow window = LabkitWindow.open(context, folder, "mitochondria")) {
      screen.click(window.button("<b>Draw</b>"));
      scribble(window, "mitochondria", true, 10, 12);
      scribble(window, "background", false, 22, 20);
      assertEquals("UNI-EM Network", item(window).name().replaceFirst("#\\d+ - ", ""));

      Point train = window.button("Train Network");
      screen.click(train);
      var results = item(window).results(window.painting().model().imageLabelingModel());
      Screen.await("the first prediction", 240, results::hasResults);
      assertTrue(hasText(window.painting().frame(), "Training:"), "no progress is shown");
      Screen.await("a good prediction", 240, () -> jaccard(window) > 0.6);
      Screen.sleep(2000);
      screen.save("labkit-prediction", window.painting().frame());

      screen.click(window.button("Stop Training"));
      Screen.await(
          "the stop",
          10,
          () ->
              hasText(window.painting().frame(), "Training stopped")
                  || hasText(window.painting().frame(), "Trained."));
      assertTrue(results.hasResults());

      goesOnFromItsWeights(window);
      savedModelIsOneThatPredictTakes(window);
    }
  }

  private void goesOnFromItsWeights(LabkitWindow window) {
    screen.click(window.button("Train Network"));
    Screen.await("the second training", 240, () -> hasText(window.painting().frame(), "renewed"));
    assertTrue(jaccard(window) > 0.5, "after going on: " + jaccard(window));
    screen.click(window.button("Stop Training"));
    Screen.await(
        "the stop",
        10,
        () ->
            hasText(window.painting().frame(), "Training stopped")
                || hasText(window.painting().frame(), "Trained."));
  }

  private void savedModelIsOneThatPredictTakes(LabkitWindow window) {
    Path model = folder.resolve("my network");
    item(window).saveModel(model.toString());
    assertTrue(new NetworkSegmenterPlugin().canOpenFile(model.toString()));
    assertTrue(new NetworkSegmenterPlugin().canOpenFile(model.resolve("model.json").toString()));
    assertFalse(new NetworkSegmenterPlugin().canOpenFile(folder.toString()));
    Path output = folder.resolve("maps.tif");
    WorkerProcess.run(
        UniEmWorker.class,
        Predict.class,
        new WorkerCommand(
            Predict.class.getName(),
            List.of("images=" + folder.resolve("images.tif"), "model=" + model, "output=" + output),
            ComputeSettings.DEFAULT),
        ProgressListener.NONE,
        () -> false);
    assertTrue(Files.exists(output));

    item(window).openModel(model.resolve("model.json").toString());
    assertEquals(List.of("background", "mitochondria"), item(window).classNames());
    assertTrue(jaccard(window) > 0.5);
  }

  @Test
  void closingTheWindowEndsATrainingAndItsProcesses() {
    long before = ProcessHandle.current().children().count();
    LabkitWindow window = LabkitWindow.open(context, folder, "mitochondria");
    screen.click(window.button("<b>Draw</b>"));
    scribble(window, "mitochondria", true, 10, 4);
    scribble(window, "background", false, 22, 4);
    screen.click(window.button("Train Network"));
    Screen.await("the training", 120, () -> hasText(window.painting().frame(), "Training:"));
    assertTrue(ProcessHandle.current().children().count() > before);
    window.close();
    Screen.await(
        "the processes to end", 20, () -> ProcessHandle.current().children().count() <= before);
    Screen.await(
        "the threads to end",
        25,
        () -> !Leaks.threads().keySet().stream().anyMatch(name -> name.startsWith("uniem-")));
  }

  @Test
  void tooFewScribblesAreExplained() {
    try (LabkitWindow window = LabkitWindow.open(context, folder, "mitochondria")) {
      var data = window.painting().model().segmenterList().trainingData().get();
      var e = assertThrows(CancellationException.class, () -> item(window).train(data));
      assertTrue(e.getMessage().contains("at least two labels"), e.getMessage());
    }
  }
}
