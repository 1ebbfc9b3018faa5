package org.uniem.fiji.dialogs;

import java.awt.event.ActionEvent;
import java.io.File;
import javax.swing.JFileChooser;
import javax.swing.JPanel;
import org.scijava.Priority;
import org.scijava.plugin.Plugin;
import org.scijava.ui.swing.widget.SwingFileWidget;
import org.scijava.widget.InputWidget;
import org.scijava.widget.WidgetModel;

/**
 * The field for images and labels: its button lets choose a folder of slices as well as a stack,
 * while that of Fiji's field has one or the other.
 */
@Plugin(type = InputWidget.class, priority = Priority.HIGH)
public class VolumeFileWidget extends SwingFileWidget {

  /** The style of parameters for images and labels. */
  private static final String STYLE = "volume";

  @Override
  public boolean supports(WidgetModel model) {
    return super.supports(model) && model.isStyle(STYLE);
  }

  @Override
  public void actionPerformed(ActionEvent event) {
    JFileChooser chooser = new JFileChooser(current());
    chooser.setFileSelectionMode(JFileChooser.FILES_AND_DIRECTORIES);
    JPanel owner = getComponent();
    if (chooser.showDialog(owner, "Choose") == JFileChooser.APPROVE_OPTION) {
      get().setValue(chooser.getSelectedFile());
      refreshWidget();
    }
  }

  /** The folder of what is in the field; the title of an image has none. */
  private File current() {
    return get().getValue() instanceof File file && file.isAbsolute() ? file.getParentFile() : null;
  }
}
