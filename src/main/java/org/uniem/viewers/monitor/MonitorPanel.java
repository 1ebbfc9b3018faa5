package org.uniem.viewers.monitor;

import java.awt.BorderLayout;
import java.awt.FlowLayout;
import java.awt.Font;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.nio.file.Path;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JSplitPane;

/** The content of the training monitor's window. Event dispatch thread only. */
final class MonitorPanel extends JPanel {

  private static final long serialVersionUID = 1L;

  /** What the buttons do. */
  interface Actions {

    /** Runs work off the event dispatch thread. */
    void inBackground(Runnable work);

    /** Ends the training, its model is saved. */
    void stop();

    /** Opens a folder in the system's file browser. */
    void openFolder(Path folder);

    /** Asks for a file and saves the curves. */
    void save(TrainingView view, boolean logarithmic);
  }

  private final PlotPanel losses = new PlotPanel(CurvePlot.losses(java.util.List.of(), true));
  private final PlotPanel scores = new PlotPanel(CurvePlot.scores(java.util.List.of()));
  private final PreviewPanel previews;
  private final JLabel name = new JLabel();
  private final JLabel phase = new JLabel();
  private final JLabel status = new JLabel(" ");
  private final JLabel problem = new JLabel();
  private final JCheckBox logarithmic = new JCheckBox("Logarithmic loss");
  private final JButton stop = new JButton("Stop and Save Model");
  private final JButton open = new JButton("Open Folder");
  private final JButton save = new JButton("Save Curves...");
  private transient TrainingView view;
  private boolean stopping;

  MonitorPanel(TrainingView view, boolean atFirst, Actions actions) {
    super(new BorderLayout());
    this.view = view;
    this.previews = new PreviewPanel(actions::inBackground);
    logarithmic.setSelected(atFirst);
    logarithmic.addActionListener(e -> showLosses());
    stop.setToolTipText("Ends the training within seconds; the best network so far is saved");
    stop.addActionListener(e -> actions.stop());
    open.setToolTipText(view.folder().toString());
    open.addActionListener(e -> actions.openFolder(this.view.folder()));
    save.setToolTipText("As picture (.png) or table (.csv)");
    save.addActionListener(e -> actions.save(this.view, logarithmic.isSelected()));
    add(header(), BorderLayout.NORTH);
    add(centre(), BorderLayout.CENTER);
    add(footer(), BorderLayout.SOUTH);
    show(view);
  }

  private JComponent header() {
    name.setFont(name.getFont().deriveFont(Font.BOLD, name.getFont().getSize2D() * 1.25f));
    name.setToolTipText(view.folder().toString());
    JPanel left = new JPanel(new FlowLayout(FlowLayout.LEADING, 8, 6));
    left.add(name);
    left.add(phase);
    JPanel right = new JPanel(new FlowLayout(FlowLayout.TRAILING, 8, 6));
    right.add(logarithmic);
    right.add(save);
    right.add(open);
    right.add(stop);
    JPanel header = new JPanel(new BorderLayout());
    header.add(left, BorderLayout.CENTER);
    header.add(right, BorderLayout.EAST);
    return header;
  }

  private JComponent centre() {
    JPanel plots = new JPanel(new GridBagLayout());
    GridBagConstraints place = new GridBagConstraints();
    place.fill = GridBagConstraints.BOTH;
    place.weighty = 1;
    place.weightx = 1;
    plots.add(losses, place);
    plots.add(scores, place);
    JSplitPane split = new JSplitPane(JSplitPane.VERTICAL_SPLIT, plots, previews);
    split.setResizeWeight(0.5);
    split.setBorder(BorderFactory.createEmptyBorder());
    return split;
  }

  private JComponent footer() {
    JPanel footer = new JPanel(new BorderLayout());
    footer.setBorder(BorderFactory.createEmptyBorder(4, 8, 6, 8));
    problem.setVisible(false);
    footer.add(problem, BorderLayout.NORTH);
    footer.add(status, BorderLayout.SOUTH);
    return footer;
  }

  /** Shows how the training stands now. */
  void show(TrainingView next) {
    boolean newCurves = next.curves() != view.curves();
    view = next;
    Path file = next.folder().getFileName();
    name.setText(file == null ? next.folder().toString() : file.toString());
    // A dot and a word: not by colour alone.
    phase.setText(
        "\u25cf " + (stopping && next.phase().isOpen() ? "stopping" : next.phase().text()));
    phase.setForeground(PlotPanel.colours().of(next.phase()));
    status.setText(next.statusLine());
    status.setToolTipText(next.statusLine());
    problem.setText(next.problem());
    problem.setToolTipText(next.problem());
    problem.setForeground(PlotPanel.colours().of(Phase.FAILED));
    problem.setVisible(!next.problem().isEmpty());
    stopping &= next.phase().isOpen();
    stop.setEnabled(next.phase().isOpen() && !stopping && next.run().isPresent());
    save.setEnabled(!next.curves().isEmpty());
    previews.show(next.previews());
    if (newCurves) {
      showLosses();
      scores.show(CurvePlot.scores(next.scores()));
    }
  }

  /** The training was asked to stop. */
  void showStopping() {
    stopping = true;
    show(view);
  }

  private void showLosses() {
    losses.show(CurvePlot.losses(view.losses(), logarithmic.isSelected()));
  }
}
