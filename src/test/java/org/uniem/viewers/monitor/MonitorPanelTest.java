package org.uniem.viewers.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Component;
import java.awt.Container;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JLabel;
import javax.swing.JSlider;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uniem.networks.training.events.EventWriter;

/** The content of the window, without a display. */
class MonitorPanelTest {

  @TempDir Path folder;

  private final List<String> pressed = new ArrayList<>();
  private final List<Runnable> loading = new ArrayList<>();

  private final MonitorPanel.Actions actions =
      new MonitorPanel.Actions() {
        @Override
        public void inBackground(Runnable work) {
          loading.add(work);
        }

        @Override
        public void stop() {
          pressed.add("stop");
        }

        @Override
        public void openFolder(Path shown) {
          pressed.add("open " + shown.getFileName());
        }

        @Override
        public void save(TrainingView view, boolean logarithmic) {
          pressed.add("save " + view.step() + " " + logarithmic);
        }
      };

  @Test
  void buttonsActOnWhatIsShownAndOnlyWhereTheyCan() throws Exception {
    MonitorPanel panel = panel();
    assertFalse(button(panel, "Stop and Save Model").isEnabled(), "nothing runs");
    assertFalse(button(panel, "Save Curves...").isEnabled(), "nothing to save");
    try (EventWriter writer = new EventWriter(folder.resolve("training"))) {
      writer.scalar("loss/training", 10, 1);
    }
    Files.writeString(
        folder.resolve("training/run.json"),
        "{\"state\": \"RUNNING\", \"reason\": \"\", \"device\": \"GPU\", \"host\": \"elsewhere\"}");
    show(panel);
    assertTrue(labels(panel).contains("\u25cf running"), "" + labels(panel));
    SwingUtilities.invokeAndWait(
        () -> {
          button(panel, "Stop and Save Model").doClick();
          button(panel, "Open Folder").doClick();
          find(panel, JCheckBox.class).get(0).doClick();
          button(panel, "Save Curves...").doClick();
          panel.showStopping();
        });
    assertEquals(List.of("stop", "open " + folder.getFileName(), "save 10 false"), pressed);
    assertTrue(labels(panel).contains("\u25cf stopping"), "" + labels(panel));
    assertFalse(button(panel, "Stop and Save Model").isEnabled(), "asked once");
    Files.writeString(
        folder.resolve("training/run.json"),
        "{\"state\": \"ENDED\", \"reason\": \"stopped by the user\", \"device\": \"GPU\"}");
    show(panel);
    assertTrue(labels(panel).contains("\u25cf ended"), "" + labels(panel));
    assertFalse(button(panel, "Stop and Save Model").isEnabled());
  }

  @Test
  void theNewestPreviewIsShownUntilAnotherIsChosenAndNoOtherIsLoaded() throws Exception {
    MonitorPanel panel = panel();
    JSlider slider = find(panel, JSlider.class).get(0);
    try (EventWriter writer = new EventWriter(folder.resolve("training"))) {
      for (int step = 100; step <= 500; step += 100) {
        writer.image("image | target", step, new BufferedImage(6, 2, BufferedImage.TYPE_BYTE_GRAY));
        if (step == 300) {
          show(panel);
          assertEquals(1, loading.size(), "of three one");
          assertTrue(labels(panel).contains("step 300 (newest)"), "" + labels(panel));
        }
      }
      show(panel);
      assertTrue(labels(panel).contains("step 500 (newest)"), "" + labels(panel));
      SwingUtilities.invokeAndWait(() -> slider.setValue(1));
      assertTrue(labels(panel).contains("step 200"), "" + labels(panel));
      writer.image("image | target", 600, new BufferedImage(6, 2, BufferedImage.TYPE_BYTE_GRAY));
      show(panel);
      assertTrue(labels(panel).contains("step 200"), "the chosen one stays");
      show(panel);
    }
    assertEquals(3, loading.size());
    loading.forEach(Runnable::run);
    SwingUtilities.invokeAndWait(() -> {});
    BufferedImage picture = paint(panel);
    assertTrue(picture.getWidth() > 0);
  }

  @Test
  void aProblemIsShown() throws Exception {
    MonitorPanel panel = panel();
    Files.createDirectories(folder.resolve("training"));
    Files.writeString(folder.resolve("training/run.json"), "{");
    show(panel);
    assertTrue(
        labels(panel).stream().anyMatch(text -> text.contains("run.json")), "" + labels(panel));
    paint(panel);
  }

  private MonitorPanel panel() throws Exception {
    MonitorPanel[] panel = new MonitorPanel[1];
    SwingUtilities.invokeAndWait(
        () -> panel[0] = new MonitorPanel(TrainingView.none(folder), true, actions));
    return panel[0];
  }

  private void show(MonitorPanel panel) throws Exception {
    try (TrainingFollower once = new TrainingFollower(folder, Clock.systemUTC(), view -> {})) {
      TrainingView view = once.look();
      SwingUtilities.invokeAndWait(() -> panel.show(view));
    }
  }

  private static BufferedImage paint(MonitorPanel panel) throws Exception {
    BufferedImage picture = new BufferedImage(900, 700, BufferedImage.TYPE_INT_RGB);
    SwingUtilities.invokeAndWait(
        () -> {
          panel.setSize(900, 700);
          layOut(panel);
          panel.paint(picture.createGraphics());
        });
    return picture;
  }

  private static void layOut(Component component) {
    component.doLayout();
    if (component instanceof Container container) {
      Stream.of(container.getComponents()).forEach(MonitorPanelTest::layOut);
    }
  }

  private static List<String> labels(MonitorPanel panel) {
    return find(panel, JLabel.class).stream().map(JLabel::getText).toList();
  }

  private static JButton button(MonitorPanel panel, String text) {
    return find(panel, JButton.class).stream()
        .filter(button -> text.equals(button.getText()))
        .findFirst()
        .orElseThrow();
  }

  private static <T> List<T> find(Container container, Class<T> type) {
    List<T> found = new ArrayList<>();
    for (Component component : container.getComponents()) {
      if (type.isInstance(component)) {
        found.add(type.cast(component));
      }
      if (component instanceof Container inner) {
        found.addAll(find(inner, type));
      }
    }
    return found;
  }
}
