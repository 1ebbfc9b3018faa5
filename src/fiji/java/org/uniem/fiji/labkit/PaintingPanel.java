package org.uniem.fiji.labkit;

import bdv.viewer.ViewerPanel;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Container;
import java.io.File;
import javax.swing.BorderFactory;
import javax.swing.JFileChooser;
import javax.swing.JFrame;
import javax.swing.JMenu;
import javax.swing.JMenuBar;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JSlider;
import javax.swing.JSplitPane;
import javax.swing.JToggleButton;
import net.imglib2.FinalInterval;
import net.imglib2.Interval;
import net.imglib2.realtransform.AffineTransform3D;
import net.miginfocom.swing.MigLayout;
import org.uniem.job.BadInputException;
import org.uniem.job.UniemException;
import sc.fiji.labkit.ui.BasicLabelingComponent;
import sc.fiji.labkit.ui.DefaultExtensible;
import sc.fiji.labkit.ui.MenuBar;
import sc.fiji.labkit.ui.actions.ClassifierSettingsAction;
import sc.fiji.labkit.ui.actions.LabelEditAction;
import sc.fiji.labkit.ui.actions.ResetViewAction;
import sc.fiji.labkit.ui.actions.SegmentationAsLabelAction;
import sc.fiji.labkit.ui.actions.SegmentationExportAction;
import sc.fiji.labkit.ui.actions.ShowHelpAction;
import sc.fiji.labkit.ui.menu.MenuKey;
import sc.fiji.labkit.ui.models.ColoredLabelsModel;
import sc.fiji.labkit.ui.models.ImageLabelingModel;
import sc.fiji.labkit.ui.models.SegmentationItem;
import sc.fiji.labkit.ui.models.SegmentationModel;
import sc.fiji.labkit.ui.panel.ImageInfoPanel;
import sc.fiji.labkit.ui.panel.LabelPanel;
import sc.fiji.labkit.ui.panel.SegmenterPanel;
import sc.fiji.labkit.ui.segmentation.SegmentationPlugin;
import sc.fiji.labkit.ui.segmentation.SegmentationPluginService;
import sc.fiji.labkit.ui.segmentation.TrainClassifier;

/** Labkit's parts put together for painting ground truth. */
final class PaintingPanel extends JPanel {

  private static final long serialVersionUID = 1;
  private static final int LARGEST_BRUSH = 50;
  private static final int BRUSH = 4;

  private final transient SegmentationModel model;
  private final transient DefaultExtensible extensible;
  private final transient PredictionOverlay predictions;
  private final BasicLabelingComponent painting;

  /**
   * @param owner of Labkit's dialogs
   * @param save called by the menu item
   */
  PaintingPanel(JFrame owner, SegmentationModel model, Runnable save) {
    super(new BorderLayout());
    this.model = model;
    extensible = new DefaultExtensible(model.context(), owner);
    painting = new BasicLabelingComponent(owner, model.imageLabelingModel());
    predictions = new PredictionOverlay(model, this::inView);
    painting.addBdvLayer(predictions);
    addActions(save);
    JSplitPane split = new JSplitPane();
    split.setLeftComponent(side());
    split.setRightComponent(painting);
    split.setBorder(BorderFactory.createEmptyBorder());
    add(split);
    widenBrush(painting);
  }

  private void addActions(Runnable save) {
    ImageLabelingModel labeling = model.imageLabelingModel();
    extensible.addMenuItem(
        MenuBar.LABELING_MENU, "Save Labels", 0, ignored -> save.run(), null, "ctrl S");
    new TrainClassifier(extensible, model.segmenterList());
    new ClassifierSettingsAction(extensible, model.segmenterList());
    extensible.addMenuItem(
        SegmentationItem.SEGMENTER_MENU, "Open Model ...", 100, item -> open(), null, null);
    extensible.addMenuItem(
        SegmentationItem.SEGMENTER_MENU, "Save Model ...", 101, this::save, null, null);
    new SegmentationExportAction(extensible, labeling);
    new ResetViewAction(extensible, labeling);
    new SegmentationAsLabelAction(extensible, model);
    new LabelEditAction(extensible, false, new ColoredLabelsModel(labeling));
    new ShowHelpAction(extensible);
    painting.addShortcuts(extensible.getShortCuts());
  }

  private void open() {
    File chosen = choose("Open Model", JFileChooser.OPEN_DIALOG);
    if (chosen == null) {
      return;
    }
    try {
      SegmentationPluginService plugins = model.context().service(SegmentationPluginService.class);
      SegmentationPlugin plugin =
          plugins.getSegmentationPlugins().stream()
              .filter(each -> each.canOpenFile(chosen.getPath()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new BadInputException(
                          chosen
                              + " is no model: choose a folder made"
                              + " by Train Network or a .classifier file of Labkit."));
      SegmentationItem item = model.segmenterList().addSegmenter(plugin);
      model.segmenterList().selectedSegmenter().set(item);
      item.openModel(chosen.getPath());
      item.results(model.imageLabelingModel()).update();
    } catch (UniemException e) {
      show(e);
    }
  }

  private void save(SegmentationItem item) {
    File chosen = choose("Save Model", JFileChooser.SAVE_DIALOG);
    if (chosen != null && item != null) {
      try {
        item.saveModel(chosen.getPath());
      } catch (UniemException e) {
        show(e);
      }
    }
  }

  private void show(UniemException e) {
    JOptionPane.showMessageDialog(
        extensible.dialogParent(), e.getMessage(), "Model", JOptionPane.ERROR_MESSAGE);
  }

  private File choose(String title, int type) {
    JFileChooser chooser = new JFileChooser();
    chooser.setDialogTitle(title);
    chooser.setDialogType(type);
    chooser.setFileSelectionMode(JFileChooser.FILES_AND_DIRECTORIES);
    int answer = chooser.showDialog(extensible.dialogParent(), title);
    return answer == JFileChooser.APPROVE_OPTION ? chooser.getSelectedFile() : null;
  }

  private JPanel side() {
    JPanel side = new JPanel(new MigLayout("", "[grow]", "[][grow][grow]"));
    side.add(
        ImageInfoPanel.newFramedImageInfoPanel(model.imageLabelingModel(), painting), "grow, wrap");
    side.add(
        LabelPanel.newFramedLabelPanel(model.imageLabelingModel(), extensible, false),
        "grow, wrap, height 0:50");
    side.add(
        SegmenterPanel.newFramedSegmeterPanel(model.segmenterList(), extensible),
        "grow, height 0:50");
    return side;
  }

  /**
   * Chooses editing slice by slice: a brush through several slices would paint what the user does
   * not see. The panel must be shown, since the view is fitted to its size.
   */
  void editSliceBySlice() {
    if (model.imageLabelingModel().spatialDimensions().numDimensions() == 3) {
      clickSliceBySlice(painting);
    }
  }

  private static void clickSliceBySlice(Container container) {
    for (Component part : container.getComponents()) {
      if (part instanceof JToggleButton button
          && button.getToolTipText() != null
          && button.getToolTipText().contains("slice by slice")
          && !button.isSelected()) {
        button.doClick(0);
      } else if (part instanceof Container inner) {
        clickSliceBySlice(inner);
      }
    }
  }

  /** The pixels of the image that the window shows. */
  private Interval inView() {
    ViewerPanel viewer = viewerIn(painting);
    AffineTransform3D toScreen = viewer.state().getViewerTransform();
    toScreen.concatenate(model.imageLabelingModel().labelTransformation());
    double[] corner = new double[3];
    double[] opposite = {viewer.getDisplay().getWidth(), viewer.getDisplay().getHeight(), 0};
    toScreen.applyInverse(corner, corner);
    toScreen.applyInverse(opposite, opposite);
    int axes = model.imageLabelingModel().spatialDimensions().numDimensions();
    long[] min = new long[axes];
    long[] max = new long[axes];
    for (int d = 0; d < axes; d++) {
      min[d] = Math.round(Math.min(corner[d], opposite[d]));
      max[d] = Math.round(Math.max(corner[d], opposite[d]));
    }
    return new FinalInterval(min, max);
  }

  private static ViewerPanel viewerIn(Container container) {
    for (Component part : container.getComponents()) {
      if (part instanceof ViewerPanel viewer) {
        return viewer;
      }
      if (part instanceof Container inner) {
        ViewerPanel found = viewerIn(inner);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** Labkit's brush of one pixel is hardly seen. */
  private static void widenBrush(Container container) {
    for (Component part : container.getComponents()) {
      if (part instanceof JSlider slider && slider.getMaximum() == LARGEST_BRUSH) {
        slider.setValue(BRUSH);
      } else if (part instanceof Container inner) {
        widenBrush(inner);
      }
    }
  }

  JMenuBar menuBar() {
    return new MenuBar(this::menu);
  }

  private JMenu menu(MenuKey<Void> key) {
    return key == MenuBar.SEGMENTER_MENU
        ? extensible.createMenu(
            SegmentationItem.SEGMENTER_MENU, model.segmenterList().selectedSegmenter()::get)
        : extensible.createMenu(key, () -> null);
  }

  /** Frees BigDataViewer's part of the window. */
  void close() {
    predictions.close();
    painting.close();
  }
}
