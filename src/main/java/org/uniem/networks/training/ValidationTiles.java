package org.uniem.networks.training;

import java.util.ArrayList;
import java.util.List;

/**
 * Covers the validation regions with tiles of the patch size, each labelled pixel by exactly one.
 */
final class ValidationTiles {

  /**
   * One tile.
   *
   * @param z slice
   * @param left, top of the window in the slice; negative where the slice is smaller
   * @param counted the part of the region whose pixels count in this tile
   */
  record Tile(int z, int left, int top, Split.Region counted) {}

  private record Span(int start, int first, int count) {}

  private ValidationTiles() {}

  /** The tiles with at least one labelled pixel that counts. */
  static List<Tile> of(TrainingData data, List<Split.Region> regions, int size) {
    List<Tile> tiles = new ArrayList<>();
    for (Split.Region region : regions) {
      for (Span y : spans(region.y(), region.height(), data.height(), size)) {
        for (Span x : spans(region.x(), region.width(), data.width(), size)) {
          Split.Region counted = new Split.Region(region.z(), x.first, y.first, x.count, y.count);
          if (anyLabelled(data, counted)) {
            tiles.add(new Tile(region.z(), x.start, y.start, counted));
          }
        }
      }
    }
    return List.copyOf(tiles);
  }

  private static List<Span> spans(int first, int count, int slice, int size) {
    List<Span> spans = new ArrayList<>();
    if (count <= size) {
      // Centred and moved into the slice: the network sees real surroundings, which do not count.
      int start = Math.max(0, Math.min(slice - size, first + (count - size) / 2));
      spans.add(new Span(slice < size ? (slice - size) / 2 : start, first, count));
      return spans;
    }
    for (int at = first; at < first + count; at += size) {
      int start = Math.min(at, first + count - size);
      spans.add(new Span(start, at, Math.min(size, first + count - at)));
    }
    return spans;
  }

  private static boolean anyLabelled(TrainingData data, Split.Region region) {
    byte[] labels = data.labels(region.z());
    for (int y = region.y(); y < region.y() + region.height(); y++) {
      for (int x = region.x(); x < region.x() + region.width(); x++) {
        if (labels[y * data.width() + x] != 0) {
          return true;
        }
      }
    }
    return false;
  }
}
