package org.uniem.networks.training.events;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keeps what an event file holds. */
public final class CollectedEvents implements EventReader.Visitor {

  /** A number in an event file. */
  public record Scalar(String tag, long step, double wallTime, float value) {}

  /** An image in an event file. */
  public record Image(String tag, long step, double wallTime, EventContent content) {}

  private final List<Scalar> scalars = new ArrayList<>();
  private final List<Image> images = new ArrayList<>();
  private final List<EventContent> graphs = new ArrayList<>();

  /** Reads a whole file. */
  public static CollectedEvents of(Path file) {
    return of(new EventReader(file));
  }

  /** Reads what is new. */
  static CollectedEvents of(EventReader reader) {
    CollectedEvents events = new CollectedEvents();
    reader.readNew(events);
    return events;
  }

  @Override
  public void scalar(String tag, long step, double wallTime, float value) {
    scalars.add(new Scalar(tag, step, wallTime, value));
  }

  @Override
  public void image(String tag, long step, double wallTime, EventContent content) {
    images.add(new Image(tag, step, wallTime, content));
  }

  @Override
  public void graph(EventContent content) {
    graphs.add(content);
  }

  /** In the order of the file. */
  public List<Scalar> scalars() {
    return scalars;
  }

  /** In the order of the file. */
  public List<Image> images() {
    return images;
  }

  /** In the order of the file. */
  public List<EventContent> graphs() {
    return graphs;
  }
}
