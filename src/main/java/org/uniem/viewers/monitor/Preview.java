package org.uniem.viewers.monitor;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.uniem.job.BadInputException;
import org.uniem.networks.training.events.EventContent;

/**
 * A picture of how a network does at one step, not loaded yet. Immutable and thread-safe.
 *
 * @param tag names its parts from left to right, separated by bars
 * @param step training step
 * @param content where the PNG is
 */
record Preview(String tag, long step, EventContent content) {

  /**
   * A part of a preview.
   *
   * @param name what it shows
   * @param picture its pixels
   */
  record Part(String name, BufferedImage picture) {}

  /**
   * Loads it and cuts it into its parts; one part where the width is no multiple of their number.
   *
   * @throws BadInputException if it cannot be read
   */
  List<Part> load() {
    BufferedImage whole = decode();
    List<String> names = Stream.of(tag.split("\\|")).map(Preview::name).toList();
    if (whole.getWidth() % names.size() != 0) {
      return List.of(new Part(name(tag), whole));
    }
    int width = whole.getWidth() / names.size();
    return Stream.iterate(0, i -> i < names.size(), i -> i + 1)
        .map(i -> new Part(names.get(i), whole.getSubimage(i * width, 0, width, whole.getHeight())))
        .toList();
  }

  private BufferedImage decode() {
    try {
      BufferedImage whole = ImageIO.read(new ByteArrayInputStream(content.read()));
      if (whole != null) {
        return whole;
      }
    } catch (IOException e) {
      throw new BadInputException(unreadable() + e.getMessage() + ".", e);
    }
    throw new BadInputException(unreadable() + "it is no PNG image.");
  }

  private String unreadable() {
    return "Cannot show the preview of step "
        + step
        + " at byte "
        + content.offset()
        + " of "
        + content.file()
        + ": ";
  }

  private static String name(String part) {
    String name = part.strip();
    return name.isEmpty()
        ? "Preview"
        : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
