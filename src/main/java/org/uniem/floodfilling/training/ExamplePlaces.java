package org.uniem.floodfilling.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;

/**
 * Where training examples are centred: each class of {@link ActiveFraction} as often as every
 * other, background with its empty masks included.
 *
 * <p>Our deviation from the authors' program: a class of fewer than 1000 voxels comes as much more
 * rarely as it has fewer. In a small volume a handful of voxels, often errors at the rim of a
 * label, would else be a tenth of all examples.
 *
 * <p>At most 2¹⁸ places per class are kept, 8 bytes each; which ones, and their order, depends on
 * the seed and not on blocks or threads. Immutable and thread-safe.
 */
public final class ExamplePlaces {

  /** Objects with fewer voxels are not trained on, as in the published networks. */
  public static final long DEFAULT_SMALLEST_OBJECT = 10_000;

  private static final int MOST_PLACES = 1 << 18;
  private static final int BLOCK = 64;
  private static final int RARE = 1000;

  private final Box volume;
  private final List<long[]> places;
  private final List<Long> counts;
  private final long seed;

  /**
   * A voxel.
   *
   * @param x column
   * @param y row
   * @param z slice
   */
  public record Place(int x, int y, int z) {}

  private ExamplePlaces(Box volume, List<long[]> places, List<Long> counts, long seed) {
    this.volume = volume;
    this.places = places;
    this.counts = counts;
    this.seed = seed;
  }

  /**
   * Looks at all voxels of a volume, block by block.
   *
   * @param volume images with labels; its excluded voxels are no centres
   * @param radius of the box whose active fraction decides, see {@link ActiveFraction}
   * @param margin how far a centre must be from all faces of the volume; at least the radius
   * @param smallestObject objects with fewer voxels are left out
   * @param seed fixes which places are drawn, and when
   * @throws BadInputException if the volume is too small for an example, or has no object
   */
  public static ExamplePlaces find(
      LabelledVolume volume, Box radius, Box margin, long smallestObject, long seed, Job job) {
    Box size = volume.size();
    Box reach = new Box(1, 1, 1).plus(2, margin);
    if (!reach.fitsInto(size)) {
      throw new BadInputException(
          "The labelled volume has "
              + size
              + " voxels along x,y,z, a training example takes "
              + reach
              + ": give more slices, or a smaller field of view or fewer moves.");
    }
    Set<Integer> objects = largeObjects(volume, smallestObject);
    ActiveFraction fraction = new ActiveFraction(volume, objects, radius);
    LowestKeys[] kept = new LowestKeys[ActiveFraction.CLASSES];
    Arrays.setAll(kept, i -> new LowestKeys(MOST_PLACES));
    List<Callable<LowestKeys[]>> blocks = blocks(volume, margin, fraction, seed);
    Job.Stage stage = job.stage("Choosing places for examples", blocks.size(), "blocks");
    int atOnce = 4 * job.threads();
    for (int from = 0; from < blocks.size(); from += atOnce) {
      int to = Math.min(blocks.size(), from + atOnce);
      for (LowestKeys[] found : job.runAll(blocks.subList(from, to))) {
        for (int i = 0; i < kept.length; i++) {
          kept[i].addAll(found[i]);
        }
      }
      stage.advance(to - from);
    }
    List<long[]> places = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (LowestKeys keys : kept) {
      counts.add(keys.offered());
      places.add(keys.sorted());
    }
    if (places.subList(1, places.size()).stream().allMatch(keys -> keys.length == 0)) {
      throw new BadInputException(
          "No voxel of an object with at least "
              + smallestObject
              + " voxels is far enough from the faces of the volume ("
              + margin
              + " voxels along x,y,z). Give more labelled slices or a smaller field of view.");
    }
    return new ExamplePlaces(size, places, counts, seed);
  }

  private static Set<Integer> largeObjects(LabelledVolume volume, long smallest) {
    Map<Integer, Long> sizes = volume.objectSizes();
    if (sizes.isEmpty()) {
      throw new BadInputException(
          "The labels are 0 everywhere where training looks: expected objects, one value per"
              + " object. Check that they are the labels of these images.");
    }
    Set<Integer> large = new HashSet<>();
    long largest = 0;
    for (Map.Entry<Integer, Long> object : sizes.entrySet()) {
      largest = Math.max(largest, object.getValue());
      if (object.getValue() >= smallest) {
        large.add(object.getKey());
      }
    }
    if (large.isEmpty()) {
      throw new BadInputException(
          "The labels have "
              + sizes.size()
              + " objects, the largest of "
              + largest
              + " voxels: expected one of at least "
              + smallest
              + ". Lower minObjectVoxels, or check that the labels are objects, not classes.");
    }
    return large;
  }

  private static List<Callable<LowestKeys[]>> blocks(
      LabelledVolume volume, Box margin, ActiveFraction fraction, long seed) {
    Box size = volume.size();
    List<Callable<LowestKeys[]>> blocks = new ArrayList<>();
    for (int z = margin.z(); z < size.z() - margin.z(); z += BLOCK) {
      for (int y = margin.y(); y < size.y() - margin.y(); y += BLOCK) {
        for (int x = margin.x(); x < size.x() - margin.x(); x += BLOCK) {
          Place first = new Place(x, y, z);
          Box block =
              new Box(
                  Math.min(BLOCK, size.x() - margin.x() - x),
                  Math.min(BLOCK, size.y() - margin.y() - y),
                  Math.min(BLOCK, size.z() - margin.z() - z));
          blocks.add(() -> look(volume, fraction, first, block, seed));
        }
      }
    }
    return blocks;
  }

  private static LowestKeys[] look(
      LabelledVolume volume, ActiveFraction fraction, Place first, Box block, long seed) {
    LowestKeys[] found = new LowestKeys[ActiveFraction.CLASSES];
    Arrays.setAll(found, i -> new LowestKeys(MOST_PLACES));
    byte[] classes = fraction.classify(first.x, first.y, first.z, block);
    Box size = volume.size();
    for (int k = 0, i = 0; k < block.z(); k++) {
      for (int j = 0; j < block.y(); j++) {
        for (int h = 0; h < block.x(); h++, i++) {
          int x = first.x + h;
          int y = first.y + j;
          int z = first.z + k;
          if (classes[i] != ActiveFraction.NONE && !volume.isExcluded(x, y, z)) {
            long voxel = ((long) z * size.y() + y) * size.x() + x;
            found[classes[i]].add(Shuffle.key(voxel, seed));
          }
        }
      }
    }
    return found;
  }

  /** Voxels of each class, from background on, before the choice. */
  public List<Long> counts() {
    return List.copyOf(counts);
  }

  /**
   * The centre of an example.
   *
   * @param number of the example, from 0; any number of examples can be drawn
   */
  public Place place(long number) {
    SplittableRandom random = new SplittableRandom(Shuffle.key(number, seed));
    long[] keys = classOf(random);
    long voxel = Shuffle.voxel(keys[random.nextInt(keys.length)], seed);
    long row = voxel / volume.x();
    return new Place(
        (int) (voxel % volume.x()), (int) (row % volume.y()), (int) (row / volume.y()));
  }

  private long[] classOf(SplittableRandom random) {
    int at = random.nextInt(places.stream().mapToInt(ExamplePlaces::share).sum());
    for (long[] keys : places) {
      at -= share(keys);
      if (at < 0) {
        return keys;
      }
    }
    throw new IllegalStateException("The shares of the classes do not sum up.");
  }

  private static int share(long[] keys) {
    return Math.min(RARE, keys.length);
  }
}
