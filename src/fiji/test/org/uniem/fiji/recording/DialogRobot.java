package org.uniem.fiji.recording;

import ij.IJ;
import java.awt.Button;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dialog;
import java.awt.EventQueue;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JDialog;
import javax.swing.JLabel;
import javax.swing.JSpinner;
import javax.swing.JTextField;
import org.uniem.fiji.Screen;

/** Fills in the dialogs of commands as a user does. */
final class DialogRobot {

  private final Screen screen;

  DialogRobot(Screen screen) {
    this.screen = screen;
  }

  /** Takes a command from the menu, fills in its dialog, and waits until something is so. */
  void run(
      String menu, Map<String, Object> values, Map<String, Object> advanced, BooleanSupplier done)
      throws Exception {
    IJ.doCommand(menu);
    JDialog dialog = dialog(menu);
    if (!advanced.isEmpty()) {
      press(dialog, "Advanced...");
      JDialog more = dialog(menu.replace("...", "") + ": Advanced Settings");
      fill(more, advanced);
      screen.save(name(menu) + "-advanced");
      press(more, "OK");
      Screen.await(menu + " without a window above", 10, () -> !more.isVisible());
    }
    fill(dialog, values);
    screen.save(name(menu));
    press(dialog, "OK");
    Screen.await("the end of " + menu, 180, done);
    Screen.sleep(1000);
  }

  private static String name(String menu) {
    return "dialog-" + menu.toLowerCase().replace("...", "").replace(' ', '-');
  }

  /** Waits for a dialog. */
  void await(String title) {
    dialog(title);
  }

  void awaitGone(String title) {
    Screen.await("the end of the dialog " + title, 30, () -> find(title) == null);
  }

  void press(String title, String button) {
    press(dialog(title), button);
  }

  /** Waits for a message of ImageJ and takes a picture of it, then closes it. */
  void dismiss(String title) {
    Screen.await("the message " + title, 30, () -> message(title).isPresent());
    Screen.sleep(500);
    screen.save("message-" + name(title));
    Dialog message = message(title).orElseThrow();
    for (Component component : all(message)) {
      if (component instanceof Button button) {
        ActionEvent pressed =
            new ActionEvent(button, ActionEvent.ACTION_PERFORMED, button.getActionCommand());
        EventQueue.invokeLater(
            () ->
                Arrays.stream(button.getActionListeners())
                    .forEach(listener -> listener.actionPerformed(pressed)));
      }
    }
    Screen.await("the end of the message", 30, () -> message(title).isEmpty());
  }

  private static Optional<Dialog> message(String title) {
    return Arrays.stream(Window.getWindows())
        .filter(window -> window.isVisible() && !(window instanceof JDialog))
        .filter(window -> window instanceof Dialog dialog && title.equals(dialog.getTitle()))
        .map(Dialog.class::cast)
        .findFirst();
  }

  void fill(String title, Map<String, Object> values) throws Exception {
    fill(dialog(title), values);
  }

  /** What is in the field behind a label. */
  String text(String title, String label) {
    boolean behind = false;
    for (Component component : all(dialog(title))) {
      behind |= component instanceof JLabel text && label.equals(text.getText());
      if (behind && component instanceof JSpinner spinner) {
        return String.valueOf(spinner.getValue());
      }
      if (behind && component instanceof JComboBox<?> choice) {
        return String.valueOf(choice.getSelectedItem());
      }
      if (behind && component instanceof JTextField field) {
        return field.getText();
      }
    }
    throw new AssertionError("The dialog " + title + " has no field " + label);
  }

  private static JDialog dialog(String title) {
    Screen.await("the dialog " + title, 60, () -> find(title) != null);
    Screen.sleep(500);
    return find(title);
  }

  private static JDialog find(String title) {
    return Arrays.stream(Window.getWindows())
        .filter(window -> window.isVisible() && window instanceof JDialog)
        .map(JDialog.class::cast)
        .filter(dialog -> title.equals(dialog.getTitle()))
        .findFirst()
        .orElse(null);
  }

  private static void press(JDialog dialog, String text) {
    JButton button =
        (JButton)
            all(dialog).stream()
                .filter(c -> c instanceof JButton b && text.equals(b.getText()))
                .findFirst()
                .orElseThrow();
    EventQueue.invokeLater(button::doClick);
  }

  private static void fill(JDialog dialog, Map<String, Object> values) throws Exception {
    EventQueue.invokeAndWait(() -> values.forEach((label, value) -> set(dialog, label, value)));
  }

  /** The first field behind the label is its own. */
  private static void set(JDialog dialog, String label, Object value) {
    boolean behind = false;
    for (Component component : all(dialog)) {
      behind |= component instanceof JLabel text && label.equals(text.getText());
      if (behind && component instanceof JSpinner spinner) {
        spinner.setValue(value);
        return;
      }
      if (behind && component instanceof JComboBox<?> choice) {
        choice.setSelectedItem(value);
        return;
      }
      if (behind && component instanceof JTextField field) {
        field.setText(value.toString());
        return;
      }
    }
    throw new AssertionError("The dialog " + dialog.getTitle() + " has no field " + label);
  }

  private static List<Component> all(Container container) {
    List<Component> all = new ArrayList<>();
    for (Component component : container.getComponents()) {
      all.add(component);
      if (component instanceof Container inner) {
        all.addAll(all(inner));
      }
    }
    return all;
  }
}
