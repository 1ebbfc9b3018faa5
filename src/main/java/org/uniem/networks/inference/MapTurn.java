package org.uniem.networks.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.uniem.job.BadParameterException;
import org.uniem.networks.ModelDescription;
import org.uniem.postprocess.affinities.Offset;

/**
 * Where a map of a turned patch belongs once it is turned back.
 *
 * <p>Classes stay what they are. An affinity changes its direction: in a patch mirrored in x, the
 * map of offset (1, 0) tells of pixel p and its neighbour to the left, which for the map is the
 * pair of that neighbour and p.
 *
 * @param map the map it tells of
 * @param shiftX from the pixel it was predicted for to the one where that map has the value, in x
 * @param shiftY the same in y
 */
record MapTurn(int map, int shiftX, int shiftY) {

  /**
   * The turns of all maps of a model.
   *
   * @param orientations of the patches
   * @return [orientation][map]
   * @throws BadParameterException if an affinity has no map in one of the orientations
   */
  static MapTurn[][] of(ModelDescription model, Orientation[] orientations) {
    List<Offset> offsets = model.affinityOffsets();
    return Arrays.stream(orientations)
        .map(
            orientation ->
                offsets.isEmpty()
                    ? classes(model.classes().size())
                    : affinities(model, offsets, orientation))
        .toArray(MapTurn[][]::new);
  }

  private static MapTurn[] classes(int count) {
    MapTurn[] turns = new MapTurn[count];
    for (int map = 0; map < count; map++) {
      turns[map] = new MapTurn(map, 0, 0);
    }
    return turns;
  }

  private static MapTurn[] affinities(
      ModelDescription model, List<Offset> offsets, Orientation orientation) {
    List<MapTurn> turns = new ArrayList<>();
    for (Offset offset : offsets) {
      Offset back = orientation.turnBack(offset);
      int same = offsets.indexOf(back);
      // The opposite way it is the pair of the other pixel, which must be of the same slice.
      int opposite = back.z() == 0 ? offsets.indexOf(new Offset(-back.x(), -back.y(), 0)) : -1;
      if (same < 0 && opposite < 0) {
        throw new BadParameterException(
            "flips are not possible with \""
                + model.name()
                + "\": turned, its affinities of offset "
                + offset
                + " are those of "
                + back
                + ", for which it has no map. Give flips=1, or train with offsets that contain"
                + " the mirror images of each.");
      }
      turns.add(same >= 0 ? new MapTurn(same, 0, 0) : new MapTurn(opposite, back.x(), back.y()));
    }
    return turns.toArray(MapTurn[]::new);
  }
}
