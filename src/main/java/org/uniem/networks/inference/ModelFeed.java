package org.uniem.networks.inference;

import java.util.Locale;
import org.uniem.job.BadInputException;
import org.uniem.networks.LoadedModel;
import org.uniem.networks.Mirror;
import org.uniem.networks.ModelDescription;
import org.uniem.networks.pixels.PixelScaling;
import org.uniem.volumes.Volume;

/**
 * One model over one stack: cuts the patches it is fed and adds its predictions to a slice.
 *
 * <p>Immutable; the arrays passed in belong to the caller.
 */
final class ModelFeed {

  /** A slice of at most so many pixels is one patch where the tile is chosen; 1024 × 1152. */
  private static final long WHOLE_PIXELS = 1_179_648;

  private static final int CHOSEN_TILE = 1024;

  /**
   * Columns turned at a time where a patch is transposed: the lines of memory that they lie in stay
   * in the processor's cache (several times as fast at 1024 × 1024).
   */
  private static final int TRANSPOSED_COLUMNS = 8;

  private final LoadedModel model;
  private final Orientation[] orientations;
  private final MapTurn[][] turns;
  private final int width;
  private final int height;
  private final TileAxis rows;
  private final TileAxis columns;

  /**
   * @param model the model
   * @param images what is predicted
   * @param options tile, overlap and flips
   */
  ModelFeed(LoadedModel model, Volume images, InferenceOptions options) {
    this.model = model;
    this.orientations = Orientation.first(options.flips());
    this.turns = MapTurn.of(model.description(), orientations);
    this.width = Math.toIntExact(images.width());
    this.height = Math.toIntExact(images.height());
    int multiple = description().sizeMultiple();
    int tile =
        options.tile() > 0
            ? options.tile()
            : chosenTile(width, height, multiple, options.overlap());
    this.rows = new TileAxis(height, multiple, tile, options.overlap());
    this.columns = new TileAxis(width, multiple, tile, options.overlap());
  }

  private static int chosenTile(int width, int height, int multiple, int overlap) {
    long paddedWidth = TileAxis.roundUp(width, multiple);
    long paddedHeight = TileAxis.roundUp(height, multiple);
    return paddedWidth * paddedHeight <= WHOLE_PIXELS
        ? (int) Math.max(paddedWidth, paddedHeight)
        : (int) Math.max(CHOSEN_TILE, 2 * TileAxis.roundUp(overlap, multiple));
  }

  LoadedModel model() {
    return model;
  }

  ModelDescription description() {
    return model.description();
  }

  /** Number of maps. */
  int maps() {
    return model.network().outputs();
  }

  /** Distance in slices of the farthest neighbour that is fed. */
  int reach() {
    return description().context() * description().contextStep();
  }

  /** Patches per slice. */
  int patches() {
    return rows.count() * columns.count() * orientations.length;
  }

  /** Pixels of a patch. */
  long patchPixels() {
    return (long) rows.tile() * columns.tile();
  }

  /** Height in which a patch is fed. */
  int height(int patch) {
    return orientation(patch).height(rows.tile(), columns.tile());
  }

  /** Width in which a patch is fed. */
  int width(int patch) {
    return orientation(patch).width(rows.tile(), columns.tile());
  }

  private Orientation orientation(int patch) {
    return orientations[patch % orientations.length];
  }

  private MapTurn[] turns(int patch) {
    return turns[patch % orientations.length];
  }

  private int row(int patch) {
    return patch / orientations.length / columns.count();
  }

  private int column(int patch) {
    return patch / orientations.length % columns.count();
  }

  /**
   * Cuts a patch, mirrored at the borders of the image, normalised and turned.
   *
   * @param context the slices fed, from the first neighbour to the last
   * @param patch 0 … {@link #patches()}−1
   * @param scaling pixels of the images to inputs of this model
   * @return [1, height, width, channels]
   */
  float[] cut(Slice[] context, int patch, PixelScaling scaling) {
    int channels = description().networkInputChannels();
    int imageChannels = description().inputChannels();
    int tileHeight = rows.tile();
    int tileWidth = columns.tile();
    Orientation orientation = orientation(patch);
    int stepX = orientation.stepX(tileHeight, tileWidth) * channels;
    int stepY = orientation.stepY(tileHeight, tileWidth) * channels;
    int origin = orientation.origin(tileHeight, tileWidth) * channels;
    int[] sourceX = mirrored(columns.origin(column(patch)), tileWidth, width);
    int[] sourceY = mirrored(rows.origin(row(patch)), tileHeight, height);
    int columnsAtOnce = columnsAtOnce(orientation);
    float[] fed = new float[tileHeight * tileWidth * channels];
    for (int k = 0; k < context.length; k++) {
      float[][] planes = context[k].planes(imageChannels);
      for (int c = 0; c < imageChannels; c++) {
        float[] plane = planes[c];
        for (int left = 0; left < tileWidth; left += columnsAtOnce) {
          int right = Math.min(tileWidth, left + columnsAtOnce);
          for (int y = 0; y < tileHeight; y++) {
            int line = sourceY[y] * width;
            int at = origin + y * stepY + left * stepX + k * imageChannels + c;
            for (int x = left; x < right; x++, at += stepX) {
              fed[at] = scaling.apply(plane[line + sourceX[x]]);
            }
          }
        }
      }
    }
    return fed;
  }

  private int columnsAtOnce(Orientation orientation) {
    return orientation.transpose() ? TRANSPOSED_COLUMNS : columns.tile();
  }

  private static int[] mirrored(int origin, int count, int size) {
    int[] source = new int[count];
    for (int i = 0; i < count; i++) {
      source[i] = Mirror.index(origin + i, size);
    }
    return source;
  }

  /**
   * Turns a prediction back and adds it with the weights of its tile. Affinities with pixels
   * outside of the image may lack a part.
   *
   * @param predicted [1, height, width, outputs] of the patch
   * @param share what a prediction counts: 1 / (models · orientations)
   * @param sum [map][y · width + x] of the whole slice
   */
  void add(float[] predicted, int patch, float share, float[][] sum) {
    int maps = sum.length;
    int tileHeight = rows.tile();
    int tileWidth = columns.tile();
    Orientation orientation = orientation(patch);
    int stepX = orientation.stepX(tileHeight, tileWidth) * maps;
    int stepY = orientation.stepY(tileHeight, tileWidth) * maps;
    int origin = orientation.origin(tileHeight, tileWidth) * maps;
    int row = row(patch);
    int column = column(patch);
    float[] weightsX = columns.weights(column);
    float[] weightsY = rows.weights(row);
    MapTurn[] turned = turns(patch);
    int columnsAtOnce = columnsAtOnce(orientation);
    for (int left = 0; left < weightsX.length; left += columnsAtOnce) {
      int right = Math.min(weightsX.length, left + columnsAtOnce);
      for (int y = 0; y < weightsY.length; y++) {
        float weightY = weightsY[y] * share;
        if (weightY == 0) {
          continue;
        }
        for (int m = 0; m < maps; m++) {
          float[] target = sum[turned[m].map()];
          int line = rows.origin(row) + y + turned[m].shiftY();
          int start = columns.origin(column) + turned[m].shiftX();
          int from = Math.max(left, -start);
          int to = line < 0 || line >= height ? from : Math.min(right, width - start);
          int pixel = line * width + start;
          int at = origin + y * stepY + from * stepX + m;
          for (int x = from; x < to; x++, at += stepX) {
            target[pixel + x] += weightY * weightsX[x] * predicted[at];
          }
        }
      }
    }
  }

  /**
   * Checks what a network has returned.
   *
   * @throws BadInputException if a value is not a number
   */
  void check(float[] predicted, int patch, long z) {
    long expected = patchPixels() * maps();
    if (predicted.length != expected) {
      throw new IllegalStateException(
          "Model \""
              + description().name()
              + "\" returned "
              + predicted.length
              + " values for a patch: expected "
              + expected
              + ".");
    }
    float sum = 0;
    for (float value : predicted) {
      sum += value;
    }
    if (!Float.isFinite(sum)) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "Model \"%s\" gives values that are not numbers in slice %d (tile at x=%d, y=%d): its"
                  + " training has probably diverged. Train it again with a smaller learning rate.",
              description().name(),
              z,
              columns.origin(column(patch)),
              rows.origin(row(patch))));
    }
  }
}
