package org.uniem.fiji;

import static org.junit.jupiter.api.Assertions.fail;

import java.awt.AWTException;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.event.InputEvent;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;

/** The screen, mouse and windows of a test. */
public final class Screen {

  private static final Path FOLDER = Path.of("target", "screenshots");

  private final Robot robot;

  /** Skips the test where there is no display. */
  public Screen() {
    Assumptions.assumeFalse(GraphicsEnvironment.isHeadless(), "skipped: no display");
    try {
      robot = new Robot();
    } catch (AWTException e) {
      throw new IllegalStateException(e);
    }
    robot.setAutoDelay(15);
  }

  /** Waits until something is so, and fails after some time. */
  public static void await(String what, int seconds, BooleanSupplier condition) {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        fail("Waited " + seconds + " s for: " + what);
      }
      sleep(20);
    }
  }

  public static void sleep(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail("Interrupted.");
    }
  }

  /** Moves the mouse there. */
  public void move(Point place) {
    robot.mouseMove(place.x - 1, place.y);
    robot.mouseMove(place.x, place.y);
    robot.waitForIdle();
  }

  public void click(Point place) {
    move(place);
    robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
    robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
    robot.waitForIdle();
  }

  /** Presses the left button, moves slowly along places and lets go. */
  public void drag(Point... places) {
    move(places[0]);
    robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
    for (int i = 1; i < places.length; i++) {
      Point from = places[i - 1];
      for (int step = 1; step <= 10; step++) {
        robot.mouseMove(
            from.x + (places[i].x - from.x) * step / 10,
            from.y + (places[i].y - from.y) * step / 10);
      }
    }
    robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
    robot.waitForIdle();
  }

  public void press(int key) {
    robot.keyPress(key);
  }

  public void release(int key) {
    robot.keyRelease(key);
    robot.waitForIdle();
  }

  /** Saves the whole screen as target/screenshots/name.png. */
  public void save(String name) {
    save(name, new Rectangle(Toolkit.getDefaultToolkit().getScreenSize()));
  }

  /** Saves what is seen of a window as target/screenshots/name.png. */
  public void save(String name, Window window) {
    save(name, window.getBounds());
  }

  private void save(String name, Rectangle area) {
    robot.waitForIdle();
    sleep(300);
    try {
      Files.createDirectories(FOLDER);
      ImageIO.write(robot.createScreenCapture(area), "png", FOLDER.resolve(name + ".png").toFile());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The windows that are shown. */
  public static long windows() {
    return Arrays.stream(Window.getWindows()).filter(Window::isShowing).count();
  }

  /** Waits until what was sent to the event dispatch thread is done. */
  public static void settle() {
    for (int i = 0; i < 3; i++) {
      try {
        EventQueue.invokeAndWait(() -> {});
      } catch (InterruptedException | InvocationTargetException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
