package org.uniem.commands.dialogs;

import java.awt.BorderLayout;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.awt.KeyboardFocusManager;
import java.awt.Window;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JFileChooser;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JTextField;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.util.ClassUtils;
import org.scijava.widget.FileWidget;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.job.BadParameterException;

/**
 * The parameters of a command that are rarely needed, in a window above its dialog, which would be
 * taller than a screen with them. Call it on the event thread.
 */
final class AdvancedDialog {

  private static final int ROWS_OF_ONE_COLUMN = 14;

  private final JPanel panel = new JPanel(new GridBagLayout());
  private final Map<CommandParameters.Input, Supplier<String>> texts = new LinkedHashMap<>();

  private int rows;
  private int column;

  private AdvancedDialog() {}

  /** Asks until the values fit or the user gives up; then the command has them, or is unchanged. */
  static void show(DialogCommand command) {
    List<CommandParameters.Input> inputs = CommandParameters.of(command.getClass());
    long count = inputs.stream().filter(CommandParameters.Input::isAdvanced).count();
    AdvancedDialog dialog = new AdvancedDialog();
    Map<String, Field> headings = CommandParameters.headings(command.getClass());
    Field heading = null;
    for (CommandParameters.Input input : inputs) {
      if (input.isAdvanced()) {
        if (headings.get(input.name()) != heading) {
          heading = headings.get(input.name());
          if (count > ROWS_OF_ONE_COLUMN && dialog.texts.size() >= 2 * count / 5) {
            dialog.beginSecondColumn();
          }
          dialog.addHeading(heading.getAnnotation(Parameter.class).label());
        }
        dialog.add(input, input.value(command));
      }
    }
    boolean again = true;
    while (again && dialog.isConfirmed(command)) {
      again = !dialog.applyTo(command);
    }
  }

  private boolean isConfirmed(DialogCommand command) {
    return JOptionPane.showConfirmDialog(
            owner(), panel, title(command), JOptionPane.OK_CANCEL_OPTION, JOptionPane.PLAIN_MESSAGE)
        == JOptionPane.OK_OPTION;
  }

  private static String title(DialogCommand command) {
    Menu[] menu = command.getClass().getAnnotation(Plugin.class).menu();
    return menu[menu.length - 1].label().replace("...", "") + ": Advanced Settings";
  }

  private static Window owner() {
    return KeyboardFocusManager.getCurrentKeyboardFocusManager().getActiveWindow();
  }

  private boolean applyTo(DialogCommand command) {
    List<Object> values = new ArrayList<>();
    try {
      for (Map.Entry<CommandParameters.Input, Supplier<String>> entry : texts.entrySet()) {
        values.add(CommandParameters.parse(entry.getKey(), entry.getValue().get()));
        CommandParameters.check(entry.getKey(), values.get(values.size() - 1));
      }
    } catch (BadParameterException e) {
      JOptionPane.showMessageDialog(
          owner(), e.getMessage(), "Advanced settings", JOptionPane.ERROR_MESSAGE);
      return false;
    }
    int i = 0;
    for (CommandParameters.Input input : texts.keySet()) {
      ClassUtils.setValue(input.field(), command, values.get(i++));
    }
    return true;
  }

  private void beginSecondColumn() {
    if (column == 0) {
      column = 2;
      rows = 0;
    }
  }

  private void addHeading(String text) {
    GridBagConstraints place = new GridBagConstraints();
    place.gridx = column;
    place.gridy = rows++;
    place.insets = new Insets(6, 4, 2, 4);
    place.anchor = GridBagConstraints.LINE_END;
    panel.add(new JLabel(text), place);
  }

  private void add(CommandParameters.Input input, Object value) {
    JComponent field = field(input, value);
    field.setToolTipText(input.annotation().description());
    JLabel label = new JLabel(input.annotation().label());
    label.setToolTipText(input.annotation().description());
    GridBagConstraints place = new GridBagConstraints();
    place.gridx = column;
    place.gridy = rows++;
    place.insets = new Insets(2, 4, 2, 4);
    place.anchor = GridBagConstraints.LINE_END;
    panel.add(label, place);
    place.gridx = column + 1;
    place.anchor = GridBagConstraints.LINE_START;
    place.fill = GridBagConstraints.HORIZONTAL;
    place.weightx = 1;
    panel.add(field, place);
  }

  private static JComponent withBrowse(JTextField text, CommandParameters.Input input) {
    boolean folders = input.annotation().style().contains(FileWidget.DIRECTORY_STYLE);
    JButton browse = new JButton("Browse");
    browse.addActionListener(
        event -> {
          JFileChooser chooser = new JFileChooser(text.getText());
          chooser.setFileSelectionMode(
              folders ? JFileChooser.DIRECTORIES_ONLY : JFileChooser.FILES_AND_DIRECTORIES);
          if (chooser.showDialog(text, "Choose") == JFileChooser.APPROVE_OPTION) {
            text.setText(chooser.getSelectedFile().getPath());
          }
        });
    JPanel both = new JPanel(new BorderLayout(4, 0));
    both.add(text);
    both.add(browse, BorderLayout.LINE_END);
    return both;
  }

  private JComponent field(CommandParameters.Input input, Object value) {
    if (value instanceof Boolean checked) {
      JCheckBox box = new JCheckBox("", checked);
      texts.put(input, () -> String.valueOf(box.isSelected()));
      return box;
    }
    if (input.annotation().choices().length > 0) {
      JComboBox<String> choices = new JComboBox<>(input.annotation().choices());
      choices.setEditable(input.isExtensible());
      choices.setSelectedItem(String.valueOf(value));
      texts.put(input, () -> String.valueOf(choices.getSelectedItem()));
      return choices;
    }
    JTextField text =
        input
            .word()
            .<JTextField>map(none -> new HintField(none.text(value), none.word()))
            .orElseGet(() -> new JTextField(value == null ? "" : value.toString(), 16));
    texts.put(input, text::getText);
    return input.isPath() ? withBrowse(text, input) : text;
  }
}
