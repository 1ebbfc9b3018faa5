package org.uniem.commands.execution;

import java.nio.file.Path;
import org.uniem.viewers.images.ResultImages;

/**
 * A file of a command that opens in Fiji when the command is done.
 *
 * @param kind how it is shown
 * @param path where it is
 */
public record ResultView(Kind kind, Path path) {

  /** Ways to show a file. */
  public enum Kind {
    /** Brightness. */
    GREY(ResultImages.Kind.GREY),
    /** Probabilities from 0 to 1. */
    PROBABILITY(ResultImages.Kind.PROBABILITY),
    /** Ids or classes in colours. */
    LABELS(ResultImages.Kind.LABELS),
    /** A CSV file as results table. */
    TABLE(null),
    /** A page for the web browser. */
    PAGE(null);

    private final ResultImages.Kind image;

    Kind(ResultImages.Kind image) {
      this.image = image;
    }

    /** The kind of image; null where it is none. */
    ResultImages.Kind image() {
      return image;
    }
  }
}
