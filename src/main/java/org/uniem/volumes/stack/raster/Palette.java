package org.uniem.volumes.stack.raster;

import java.util.Arrays;
import java.util.Locale;

/**
 * The colours of an image whose pixels are numbers of colours. Immutable.
 *
 * <p>Where all colours are different greys they are what was measured or painted, stored in a
 * roundabout way, as programs do that make files small. Else the indices are: classes and objects
 * painted in colours, or measured values shown in false colours.
 */
public final class Palette {

  private static final int FULL = 256;

  private final int[] colours;

  /**
   * @param colours 1 … 256 numbers 0xRRGGBB
   */
  Palette(int[] colours) {
    this.colours = colours.clone();
  }

  /** Number of colours. */
  int size() {
    return colours.length;
  }

  /**
   * Whether the brightness of the colours tells them apart: all are grey, none is there twice. What
   * fills the palette up at its end does not count.
   */
  public boolean isBrightness() {
    int[] used = Arrays.copyOf(colours, withoutFilling());
    boolean grey = Arrays.stream(colours).allMatch(c -> (c & 0xff) * 0x010101 == c);
    return grey && Arrays.stream(used).distinct().count() == used.length;
  }

  /** The number of colours without a run at the end of one that is there before. */
  private int withoutFilling() {
    int last = colours[colours.length - 1];
    int end = colours.length;
    while (end > 0 && colours[end - 1] == last) {
      end--;
    }
    int before = end;
    boolean known = Arrays.stream(colours, 0, before).anyMatch(colour -> colour == last);
    return known ? before : before + 1;
  }

  /**
   * Whether it shows 0 as white, 255 as black and all between in this order, which is ImageJ's way
   * of showing an image inverted whose values mean the opposite of what is seen.
   */
  public boolean isInvertingTable() {
    for (int i = 0; i < FULL; i++) {
      if (colours.length != FULL || colours[i] != (FULL - 1 - i) * 0x010101) {
        return false;
      }
    }
    return true;
  }

  /**
   * The brightness of each index.
   *
   * @return as many values 0 … 255 as there are colours
   */
  public int[] levels() {
    return Arrays.stream(colours).map(colour -> colour & 0xff).toArray();
  }

  /**
   * The first index that stands for different colours here and in another palette.
   *
   * @return −1 where all that both have are the same
   */
  public int firstDifference(Palette other) {
    for (int i = 0; i < Math.min(colours.length, other.colours.length); i++) {
      if (colours[i] != other.colours[i]) {
        return i;
      }
    }
    return -1;
  }

  /** One colour for people: {@code "#ff8000"}. */
  public String colour(int index) {
    return String.format(Locale.ROOT, "#%06x", colours[index]);
  }
}
