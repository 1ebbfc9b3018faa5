package org.uniem.annotation.measurement;

import java.util.SortedMap;
import org.uniem.annotation.skeletons.Skeleton;

/**
 * What is measured of one object beyond its voxels; lengths in the unit of the voxel size.
 *
 * @param id of the object
 * @param area of the surface
 * @param sphericity area of a ball of the volume of the object's voxels, by the area: 1 for a ball,
 *     less for everything else
 * @param axes ellipsoid of the same moments
 * @param feret largest and smallest diameter
 * @param contacts parts of the area by the id of the object that they touch
 * @param skeleton its skeleton; without vertices where none was made
 */
public record ObjectShape(
    long id,
    double area,
    double sphericity,
    PrincipalAxes axes,
    FeretDiameters feret,
    SortedMap<Long, Double> contacts,
    Skeleton skeleton) {

  /** The part of the area that touches other objects. */
  public double contactArea() {
    return contacts.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
