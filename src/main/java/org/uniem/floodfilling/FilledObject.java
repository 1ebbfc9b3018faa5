package org.uniem.floodfilling;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.uniem.floodfilling.scene.VoxelPosition;

/**
 * An object that was grown, and where it came from.
 *
 * @param id its label
 * @param start its seed, in the volume
 * @param iterations how often the network looked, 1 or more
 * @param seconds how long it took, other objects in flight included
 * @param voxels voxels that got its label
 * @param overlaps voxels it would have had besides, by the id of the object that has them
 */
public record FilledObject(
    int id,
    VoxelPosition start,
    int iterations,
    double seconds,
    long voxels,
    Map<Integer, Long> overlaps) {

  public FilledObject {
    overlaps = Collections.unmodifiableMap(new TreeMap<>(overlaps));
  }
}
