package org.uniem.fiji.labkit;

import java.nio.file.Path;
import net.imglib2.RandomAccess;
import net.imglib2.roi.labeling.LabelingType;
import org.uniem.viewers.EventThread;
import sc.fiji.labkit.ui.labeling.Label;
import sc.fiji.labkit.ui.labeling.Labeling;

/** Paints one voxel of the phantom in a folder and quits with the window open. */
final class PaintAndQuit {

  private PaintAndQuit() {}

  public static void main(String[] args) {
    LabkitWindow window =
        LabkitWindow.open(LabkitWindow.context(), Path.of(args[0]), "mitochondria");
    EventThread.run(
        () -> {
          var model = window.painting().model().imageLabelingModel();
          Labeling labeling = model.labeling().get();
          RandomAccess<LabelingType<Label>> access = labeling.randomAccess();
          access.setPositionAndGet(7, 8, 2).add(labeling.getLabel("mitochondria"));
          model.dataChangedNotifier().notifyListeners(null);
        });
    System.exit(0);
  }
}
