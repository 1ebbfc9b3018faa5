package org.uniem.viewers.filling;

import java.awt.image.BufferedImage;
import java.util.function.IntBinaryOperator;
import org.uniem.floodfilling.GrowingObject;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.viewers.LabelColours;

/**
 * Three sections through the place where the network looked last: x and y, to its right z and y,
 * beneath x and z. Grey is the image, colours are the objects found so far, white is the one that
 * grows.
 */
final class GrowthPicture {

  /** Pixels between the sections. */
  static final int GAP = 4;

  /** No picture is wider or higher; of larger boxes every second voxel is shown, or fewer. */
  private static final int LARGEST = 640;

  private static final int GAP_COLOUR = 0x303030;
  private static final int WHITE = 0xffffff;

  /** Grey values per standard deviation of the network's images. */
  private static final float CONTRAST = 48;

  private final GrowingObject object;
  private final FillingScene scene;
  private final Extent size;

  private GrowthPicture(GrowingObject object) {
    this.object = object;
    this.scene = object.scene();
    this.size = scene.size();
  }

  /** Draws an object and its surroundings; only during the call of a listener. */
  static BufferedImage of(GrowingObject object) {
    return new GrowthPicture(object).draw();
  }

  private BufferedImage draw() {
    int x = (int) (object.position().x() - scene.origin().x());
    int y = (int) (object.position().y() - scene.origin().y());
    int z = (int) (object.position().z() - scene.origin().z());
    int longest = Math.max(size.x(), size.y()) + size.z();
    int step = Math.max(1, (longest + LARGEST - 1) / LARGEST);
    int width = (size.x() + step - 1) / step;
    int height = (size.y() + step - 1) / step;
    int depth = (size.z() + step - 1) / step;
    BufferedImage picture =
        new BufferedImage(width + GAP + depth, height + GAP + depth, BufferedImage.TYPE_INT_RGB);
    fill(picture, 0, 0, picture.getWidth(), picture.getHeight(), (i, j) -> GAP_COLOUR);
    fill(picture, 0, 0, width, height, (i, j) -> colour(i * step, j * step, z));
    fill(picture, width + GAP, 0, depth, height, (i, j) -> colour(x, j * step, i * step));
    fill(picture, 0, height + GAP, width, depth, (i, j) -> colour(i * step, y, j * step));
    return picture;
  }

  private static void fill(
      BufferedImage picture, int left, int top, int width, int height, IntBinaryOperator colours) {
    int[] row = new int[width];
    for (int j = 0; j < height; j++) {
      for (int i = 0; i < width; i++) {
        row[i] = colours.applyAsInt(i, j);
      }
      picture.setRGB(left, top + j, width, 1, row, 0, width);
    }
  }

  private int colour(int x, int y, int z) {
    int voxel = scene.voxel(x, y, z);
    int grey = Math.max(0, Math.min(255, Math.round(128 + CONTRAST * scene.image()[voxel])));
    int rgb = grey << 16 | grey << 8 | grey;
    int label = scene.labels()[voxel];
    if (label > 0) {
      return mixed(rgb, LabelColours.of(label));
    }
    return object.probability(voxel) > 0.5f ? mixed(rgb, WHITE) : rgb;
  }

  /** Half of each. */
  private static int mixed(int a, int b) {
    return (a >> 1 & 0x7f7f7f) + (b >> 1 & 0x7f7f7f);
  }
}
