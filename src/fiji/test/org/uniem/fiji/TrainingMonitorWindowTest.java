package org.uniem.fiji;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.Point;
import java.awt.Window;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.uniem.commands.networks.TrainingMonitor;
import org.uniem.commands.networks.TrainingMonitors;
import org.uniem.networks.training.events.EventWriter;
import org.uniem.viewers.monitor.TrainingMonitorWindow;

/** The training monitor on a display. */
class TrainingMonitorWindowTest {

  @TempDir Path folder;

  private final Screen screen = new Screen();

  /** The window of the command: it follows, saves a picture, shows a stopped training. */
  @Test
  void showsATrainingThatAnotherProcessWrites() throws Exception {
    try (Context context = new Context(CommandService.class, TrainingMonitors.class);
        EventWriter events = new EventWriter(folder.resolve("training"))) {
      write(events, 0, 300);
      CommandModule done =
          context
              .service(CommandService.class)
              .run(
                  TrainingMonitor.class,
                  true,
                  Map.of("model", folder.toFile(), "logarithmic", true))
              .get();
      assertEquals(null, done.getCancelReason());
      Screen.await("the window", 20, () -> window().isPresent());
      Container content = window().orElseThrow().getContentPane();
      Screen.await("step 300", 20, () -> texts(content).stream().anyMatch(t -> t.contains("300")));
      write(events, 300, 600);
      Screen.await("step 600", 20, () -> texts(content).contains("step 600 (newest)"));
      assertTrue(texts(content).contains("\u25cf running"), "" + texts(content));
      screen.move(
          SwingUtilities.convertPoint(
              content, new Point(300, 200), SwingUtilities.getRoot(content)));
      screen.save("training-monitor");
      // A second call brings the window to the front instead of opening another.
      context
          .service(CommandService.class)
          .run(TrainingMonitor.class, true, "model", folder.toFile())
          .get();
      Screen.settle();
      assertEquals(1, monitors());
      EventQueue.invokeAndWait(() -> window().orElseThrow().dispose());
      Screen.settle();
      assertEquals(0, monitors());
    }
  }

  @Test
  void theStopButtonAsksTheTrainingToStop() throws Exception {
    try (EventWriter events = new EventWriter(folder.resolve("training"))) {
      write(events, 0, 50);
    }
    Files.writeString(
        folder.resolve("training/run.json"),
        "{\"state\": \"RUNNING\", \"reason\": \"\", \"device\": \"GPU\", \"host\": \"elsewhere\"}");
    TrainingMonitorWindow monitor = open();
    JButton stop =
        all(monitor.getContentPane()).stream()
            .filter(c -> c instanceof JButton b && b.getText().startsWith("Stop"))
            .map(JButton.class::cast)
            .findFirst()
            .orElseThrow();
    Screen.await("the button", 20, stop::isEnabled);
    EventQueue.invokeLater(stop::doClick);
    Screen.await("the question", 20, () -> ok().isPresent());
    EventQueue.invokeAndWait(() -> ok().orElseThrow().doClick());
    Screen.await("the request", 20, () -> Files.exists(folder.resolve("training/stop")));
    EventQueue.invokeAndWait(monitor::dispose);
  }

  @Test
  void fiftyTimesOpenedAndClosedItLeavesNothing() throws Exception {
    try (EventWriter events = new EventWriter(folder.resolve("training"))) {
      write(events, 0, 200);
    }
    Leaks.assertNone(
        () -> {
          TrainingMonitorWindow monitor = open();
          Screen.await(
              "the preview",
              20,
              () -> texts(monitor.getContentPane()).contains("step 200 (newest)"));
          EventQueue.invokeAndWait(monitor::dispose);
        });
  }

  private TrainingMonitorWindow open() throws Exception {
    TrainingMonitorWindow[] made = new TrainingMonitorWindow[1];
    EventQueue.invokeAndWait(
        () -> {
          made[0] = new TrainingMonitorWindow(folder, true, shown -> {});
          made[0].open();
        });
    return made[0];
  }

  /** A loss that falls with noise, a score that rises, a picture that comes out of the grey. */
  private static void write(EventWriter events, int from, int to) {
    Random random = new Random(from);
    for (int step = from + 10; step <= to; step += 10) {
      events.scalar(
          "loss/training", step, Math.exp(-step / 150.0) + 0.1 * (1 + random.nextGaussian() / 3));
      if (step % 50 == 0) {
        events.scalar("loss/validation", step, Math.exp(-step / 150.0) + 0.12);
        events.scalar("jaccard/validation", step, 0.9 * (1 - Math.exp(-step / 120.0)));
        events.image("image | target | probability", step, picture(step / 600.0));
      }
    }
  }

  private static BufferedImage picture(double certainty) {
    int side = 96;
    BufferedImage picture = new BufferedImage(3 * side, side, BufferedImage.TYPE_BYTE_GRAY);
    Random random = new Random(1);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        boolean inside = Math.hypot(x - 40, y - 55) < 22;
        double noise = random.nextGaussian();
        set(picture, x, y, (inside ? 90 : 170) + 18 * noise);
        set(picture, x + side, y, inside ? 255 : 0);
        set(picture, x + 2 * side, y, 127 + certainty * (inside ? 120 : -120) + 8 * noise);
      }
    }
    return picture;
  }

  private static void set(BufferedImage picture, int x, int y, double value) {
    picture.getRaster().setSample(x, y, 0, (int) Math.max(0, Math.min(255, value)));
  }

  private static Optional<TrainingMonitorWindow> window() {
    return Arrays.stream(Window.getWindows())
        .filter(w -> w instanceof TrainingMonitorWindow && w.isShowing())
        .map(TrainingMonitorWindow.class::cast)
        .findFirst();
  }

  private static long monitors() {
    return Arrays.stream(Window.getWindows())
        .filter(w -> w instanceof TrainingMonitorWindow && w.isShowing())
        .count();
  }

  private static Optional<JButton> ok() {
    return Arrays.stream(Window.getWindows())
        .filter(w -> w.isShowing() && !(w instanceof TrainingMonitorWindow))
        .flatMap(w -> all(w).stream())
        .filter(c -> c instanceof JButton b && "OK".equals(b.getText()))
        .map(JButton.class::cast)
        .findFirst();
  }

  private static List<String> texts(Container container) {
    return all(container).stream()
        .filter(JLabel.class::isInstance)
        .map(c -> String.valueOf(((JLabel) c).getText()))
        .toList();
  }

  private static List<Component> all(Container container) {
    List<Component> found = new ArrayList<>();
    for (Component component : container.getComponents()) {
      found.add(component);
      if (component instanceof Container inner) {
        found.addAll(all(inner));
      }
    }
    return found;
  }
}
