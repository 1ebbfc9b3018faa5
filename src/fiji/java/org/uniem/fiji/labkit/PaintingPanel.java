package org.uniem.fiji.labkit;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Container;
import javax.swing.BorderFactory;
import javax.swing.JFrame;
import javax.swing.JMenu;
import javax.swing.JMenuBar;
import javax.swing.JPanel;
import javax.swing.JSplitPane;
import javax.swing.JToggleButton;
import net.miginfocom.swing.MigLayout;
import sc.fiji.labkit.ui.BasicLabelingComponent;
import sc.fiji.labkit.ui.DefaultExtensible;
import sc.fiji.labkit.ui.MenuBar;
import sc.fiji.labkit.ui.actions.ClassifierIoAction;
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
import sc.fiji.labkit.ui.segmentation.TrainClassifier;

/** Labkit's parts put together for painting ground truth. */
final class PaintingPanel extends JPanel {

  private static final long serialVersionUID = 1;

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
    predictions = new PredictionOverlay(model);
    painting.addBdvLayer(predictions);
    addActions(save);
    JSplitPane split = new JSplitPane();
    split.setLeftComponent(side());
    split.setRightComponent(painting);
    split.setBorder(BorderFactory.createEmptyBorder());
    add(split);
  }

  private void addActions(Runnable save) {
    ImageLabelingModel labeling = model.imageLabelingModel();
    extensible.addMenuItem(
        MenuBar.LABELING_MENU, "Save Labels", 0, ignored -> save.run(), null, "ctrl S");
    new TrainClassifier(extensible, model.segmenterList());
    new ClassifierSettingsAction(extensible, model.segmenterList());
    new ClassifierIoAction(extensible, model.segmenterList());
    new SegmentationExportAction(extensible, labeling);
    new ResetViewAction(extensible, labeling);
    new SegmentationAsLabelAction(extensible, model);
    new LabelEditAction(extensible, false, new ColoredLabelsModel(labeling));
    new ShowHelpAction(extensible);
    painting.addShortcuts(extensible.getShortCuts());
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
