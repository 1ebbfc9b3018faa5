package org.uniem.floodfilling.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.job.ProgressListener;

class ExamplePlacesTest {

  private static final Box RADIUS = new Box(2, 2, 1);

  /** A large object, a thin one of 60 voxels, and one of 8 voxels that is too small. */
  private static int label(int x, int y, int z) {
    if (x < 40) {
      return 1;
    }
    if (x == 50 && y == 10) {
      return 2;
    }
    return x >= 60 && x < 62 && y < 4 && z == 20 ? 3 : 0;
  }

  private static LabelledVolume volume() {
    return Cubes.of(new Box(80, 30, 60), (x, y, z) -> x, ExamplePlacesTest::label);
  }

  private static ExamplePlaces find(LabelledVolume volume, long smallest, int threads) {
    try (Job job = new Job(threads, ProgressListener.NONE)) {
      return ExamplePlaces.find(volume, RADIUS, RADIUS, smallest, 5, job);
    }
  }

  @Test
  void numbersSurviveTheShuffle() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      long number = random.nextLong();
      long seed = random.nextLong();
      assertEquals(number, Shuffle.voxel(Shuffle.key(number, seed), seed));
    }
  }

  @Test
  void lowestKeysAreThoseOfSorting() {
    long[] keys = new Random(2).longs(5000).toArray();
    LowestKeys first = new LowestKeys(100);
    LowestKeys second = new LowestKeys(100);
    for (int i = 0; i < keys.length; i++) {
      (i % 3 == 0 ? first : second).add(keys[i]);
    }
    first.addAll(second);
    assertArrayEquals(LongStream.of(keys).sorted().limit(100).toArray(), first.sorted());
    assertEquals(5000, first.offered());
  }

  @Test
  void classesComeEquallyOftenUnlessTheyAreRare() {
    ExamplePlaces places = find(volume(), 50, 1);
    assertEquals(ActiveFraction.CLASSES, places.counts().size());
    double classes =
        places.counts().stream().mapToDouble(count -> Math.min(1, count / 1000.0)).sum();
    long thin = places.counts().stream().filter(count -> count == 58).count();
    assertEquals(1, thin, "classes of the thin object");
    Map<Integer, Integer> found = new HashMap<>();
    for (long n = 0; n < 3000; n++) {
      ExamplePlaces.Place place = places.place(n);
      assertTrue(place.x() >= 2 && place.x() < 78 && place.z() >= 1 && place.z() < 59);
      found.merge(label(place.x(), place.y(), place.z()), 1, Integer::sum);
    }
    assertEquals(3000.0 / classes, found.get(0), 150, "background");
    // The thin object is 58 of 120,000 voxels, but a class of its own: one voxel in 1000 would do.
    assertEquals(0.058 * 3000 / classes, found.get(2), 25, "thin object");
    assertEquals(null, found.get(3), "too small");
  }

  @Test
  void excludedVoxelsAreNoCentres() {
    LabelledVolume volume =
        Cubes.read(
            new Box(20, 20, 20),
            (x, y, z) -> 0,
            (x, y, z) -> 1,
            Optional.of((x, y, z) -> x < 10 ? 255 : 0));
    ExamplePlaces places = find(volume, 1, 1);
    for (long n = 0; n < 200; n++) {
      assertTrue(places.place(n).x() >= 10);
    }
  }

  @Test
  void placesDoNotDependOnThreads() {
    ExamplePlaces one = find(volume(), 50, 1);
    ExamplePlaces four = find(volume(), 50, 4);
    for (long n = 0; n < 100; n++) {
      assertEquals(one.place(n), four.place(n));
    }
  }

  @Test
  void volumesWithoutRoomOrObjectsAreRefused() {
    String message =
        assertThrows(BadInputException.class, () -> find(volume(), 1_000_000, 1)).getMessage();
    assertTrue(message.contains("expected one of at least 1000000"), message);
    LabelledVolume flat = Cubes.of(new Box(9, 9, 2), (x, y, z) -> 0, (x, y, z) -> 1);
    message = assertThrows(BadInputException.class, () -> find(flat, 1, 1)).getMessage();
    assertTrue(
        message.contains("has 9,9,2 voxels along x,y,z, a training example takes 5,5,3"), message);
    LabelledVolume edge = Cubes.of(new Box(9, 9, 9), (x, y, z) -> 0, (x, y, z) -> x == 0 ? 1 : 0);
    message = assertThrows(BadInputException.class, () -> find(edge, 1, 1)).getMessage();
    assertTrue(message.contains("far enough from the faces"), message);
  }
}
