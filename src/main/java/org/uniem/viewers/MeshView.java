package org.uniem.viewers;

import java.util.Set;
import java.util.function.Consumer;

/** A window that shows surfaces. */
public interface MeshView extends View {

  /**
   * A place on a surface that the user clicked on.
   *
   * @param id of the object
   * @param x in the unit of the mesh, likewise y and z
   */
  record Pick(long id, double x, double y, double z) {}

  /** Adds a listener that hears of every click on a surface. */
  void onPick(Consumer<Pick> listener);

  /** Shows a mesh, in place of an earlier one of the same id. */
  void show(Mesh mesh);

  /** Takes the mesh of an object away; does nothing if there is none. */
  void remove(long id);

  /**
   * Shows objects brightly and the others faintly.
   *
   * @param ids the objects; empty shows all alike again
   */
  void highlight(Set<Long> ids);
}
