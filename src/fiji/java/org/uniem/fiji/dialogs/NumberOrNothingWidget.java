package org.uniem.fiji.dialogs;

import java.awt.Color;
import javax.swing.JPanel;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import org.scijava.Priority;
import org.scijava.plugin.Plugin;
import org.scijava.ui.swing.widget.SwingInputWidget;
import org.scijava.widget.InputWidget;
import org.scijava.widget.WidgetModel;
import org.uniem.commands.dialogs.HintField;
import org.uniem.commands.parameters.CommandParameters;
import org.uniem.commands.parameters.UnsetWord;

/**
 * The field of a number that need not be given: empty it says in grey what that means, where Fiji's
 * field would show a 0 or −1 that stands for it. A text that is no number is red, and gives a
 * number that the command refuses.
 */
@Plugin(type = InputWidget.class, priority = Priority.HIGH)
public class NumberOrNothingWidget extends SwingInputWidget<Number>
    implements org.scijava.widget.NumberWidget<JPanel> {

  private static final Color WRONG = new Color(0xcc0000);

  private HintField field;
  private Color usual;
  private boolean refreshing;

  @Override
  public boolean supports(WidgetModel model) {
    return super.supports(model)
        && model.isNumber()
        && model.getItem().get(CommandParameters.WORD) != null;
  }

  @Override
  public void set(WidgetModel model) {
    super.set(model);
    field = new HintField(text(), none().word());
    usual = field.getForeground();
    setToolTip(field);
    getComponent().add(field);
    field
        .getDocument()
        .addDocumentListener(
            new DocumentListener() {
              @Override
              public void insertUpdate(DocumentEvent event) {
                typed();
              }

              @Override
              public void removeUpdate(DocumentEvent event) {
                typed();
              }

              @Override
              public void changedUpdate(DocumentEvent event) {
                typed();
              }
            });
  }

  private UnsetWord none() {
    return UnsetWord.of((String) get().getItem().get(CommandParameters.WORD));
  }

  private String text() {
    return none().text(get().getValue());
  }

  private void typed() {
    if (!refreshing) {
      updateModel();
    }
  }

  @Override
  public Number getValue() {
    String text = field.getText().strip();
    boolean whole = isWhole(get().getItem().getType());
    try {
      String given = text.isEmpty() ? none().stored() : text;
      field.setForeground(usual);
      return whole ? (Number) Long.valueOf(given) : (Number) Double.valueOf(given);
    } catch (NumberFormatException e) {
      field.setForeground(WRONG);
      return whole ? (Number) (long) Integer.MIN_VALUE : (Number) Double.NaN;
    }
  }

  private static boolean isWhole(Class<?> type) {
    return type == int.class || type == long.class || type == Integer.class || type == Long.class;
  }

  @Override
  protected void doRefresh() {
    // What is being typed is left alone: 0. is on its way to 0.5.
    Object value = get().getValue();
    boolean same = getValue().doubleValue() == ((Number) value).doubleValue();
    if (!same && !Double.isNaN(((Number) value).doubleValue())) {
      refreshing = true;
      field.setText(text());
      refreshing = false;
    }
  }
}
