package org.uniem.networks.inference;

import java.util.ArrayList;
import java.util.List;

/** Keeps copies of all slices. */
final class CollectingSink implements Sink {

  final List<float[][]> slices = new ArrayList<>();

  @Override
  public void accept(long z, float[][] maps) {
    if (z != slices.size()) {
      throw new IllegalStateException("slice " + z + " after " + slices.size());
    }
    float[][] copy = new float[maps.length][];
    for (int m = 0; m < maps.length; m++) {
      copy[m] = maps[m].clone();
    }
    slices.add(copy);
  }

  float at(int z, int map, int i) {
    return slices.get(z)[map][i];
  }
}
