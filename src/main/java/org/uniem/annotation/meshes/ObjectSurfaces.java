package org.uniem.annotation.meshes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.uniem.annotation.ChunkStore;
import org.uniem.annotation.LongIndex;
import org.uniem.annotation.VarintBuffer;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;
import org.uniem.job.ResourceException;
import org.uniem.volumes.Volume;
import org.uniem.volumes.VoxelSize;

/**
 * The surfaces of all objects of a stack, found in one pass over its slices by marching cubes
 * (Lorensen and Cline 1987, 10.1145/37402.37422) with several labels.
 *
 * <p>Surfaces run midway between voxel centres and are closed where objects touch the border of the
 * stack. Each is a closed 2-manifold: every edge belongs to two triangles, and the triangles around
 * a vertex form one fan. Voxels of one object that touch only at an edge or corner are not
 * connected by it, as if they were labelled with 6 neighbours. Objects that touch share the places
 * of their vertices. Results do not depend on the number of threads.
 *
 * <p>The pass holds two slices per thread and about two bytes per cube that a surface crosses,
 * beyond a quarter of Java's memory in a temporary file; a mesh then takes about 130 bytes per
 * triangle while it is made and smoothed. Thread-safe. Close it to remove the temporary file.
 */
public final class ObjectSurfaces implements AutoCloseable {

  private static final int LAYERS = 16;
  private static final int CUBES_BETWEEN_CHECKS = 1 << 16;

  private final ChunkStore cubes;
  private final int width;
  private final int height;
  private final VoxelSize voxelSize;
  private final boolean neighbours;

  private ObjectSurfaces(Volume labels, ChunkStore cubes, boolean neighbours) {
    this.cubes = cubes;
    this.neighbours = neighbours;
    width = Math.toIntExact(labels.width());
    height = Math.toIntExact(labels.height());
    voxelSize = labels.voxelSize();
  }

  /**
   * Finds the surfaces.
   *
   * @param labels objects in its first channel, 0 = background
   * @param job carries the cancel token, progress and threads
   * @throws BadInputException if a value is no label
   */
  public static ObjectSurfaces find(Volume labels, Job job) {
    return find(labels, false, ChunkStore.usual(), LAYERS, job);
  }

  /**
   * As {@link #find}, and keeps what is on the other side of each surface, in one or two bytes more
   * per cube.
   */
  public static ObjectSurfaces findWithNeighbours(Volume labels, Job job) {
    return find(labels, true, ChunkStore.usual(), LAYERS, job);
  }

  /** As {@link #find(Volume, Job)}, with a store and with so many layers of cubes per task. */
  static ObjectSurfaces find(
      Volume labels, boolean neighbours, ChunkStore store, int layers, Job job) {
    int all = Math.toIntExact(labels.depth() + 1);
    Job.Stage progress = job.stage("Finding surfaces", all, "slices");
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int from = 0; from < all; from += layers) {
      int first = from;
      int end = Math.min(all, from + layers);
      tasks.add(
          () -> {
            new SurfaceScan(labels, neighbours, job).scan(first, end, store);
            progress.advance(end - first);
            return null;
          });
    }
    try {
      job.runAll(tasks);
      return new ObjectSurfaces(labels, store, neighbours);
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
  }

  /** The ids of the objects, ascending. */
  public long[] ids() {
    return cubes.ids();
  }

  /** The edge lengths of a voxel. */
  public VoxelSize voxelSize() {
    return voxelSize;
  }

  /** About how many bytes the mesh of an object takes while it is made. */
  public long bytesToMesh(long id) {
    return 130 * cubes.bytes(id);
  }

  /**
   * The surface of an object as marching cubes give it, with steps of a voxel.
   *
   * @param id of an object
   * @param job carries the cancel token
   * @throws BadInputException if there is no object of this id
   * @throws ResourceException if it has more than 2³¹ corners of triangles
   */
  public TriangleMesh mesh(long id, Job job) {
    return build(id, job).mesh();
  }

  /**
   * The surface of an object with what is on its other side.
   *
   * @param id of an object
   * @param job carries the cancel token
   * @throws BadInputException as {@link #mesh}, or if neighbours were not kept
   */
  public Surface surface(long id, Job job) {
    if (!neighbours) {
      throw new BadInputException("Neighbours were not kept: find surfaces with neighbours.");
    }
    return build(id, job).surface();
  }

  /** As {@link #surface}; nothing is known of the other side where neighbours were not kept. */
  Surface bareSurface(long id, Job job) {
    return build(id, job).surface();
  }

  private Builder build(long id, Job job) {
    List<ChunkStore.Chunk> chunks = cubes.chunks(id);
    if (chunks.isEmpty()) {
      throw new BadInputException("There is no object " + id + ": expected one of the labels.");
    }
    Builder builder = new Builder(id);
    for (ChunkStore.Chunk chunk : chunks) {
      builder.add(chunk.order(), new VarintBuffer(chunk.bytes()), job);
    }
    return builder;
  }

  @Override
  public void close() {
    cubes.close();
  }

  /** Turns cubes into triangles. */
  private final class Builder {

    private final long id;
    // Vertices are found again by their place in a grid of half voxels.
    private final LongIndex vertices = new LongIndex();
    private final long gridWidth = 2L * width + 3;
    private final long gridHeight = 2L * height + 3;
    private final long[] edgeOffset = new long[CubeTable.EDGES];
    private int[] triangles = new int[96];
    private int size;
    private byte[] directions = new byte[16];
    private long[] outside = new long[16];
    private final long[] labels = new long[8];

    Builder(long id) {
      this.id = id;
      long[] step = {1, gridWidth, gridWidth * gridHeight};
      for (int edge = 0; edge < CubeTable.EDGES; edge++) {
        for (int axis = 0; axis < 3; axis++) {
          edgeOffset[edge] += 2 * step[axis] * (CubeTable.corner(edge) >> axis & 1);
        }
        edgeOffset[edge] += step[CubeTable.axis(edge)];
      }
    }

    void add(int firstLayer, VarintBuffer list, Job job) {
      long cube = 0;
      for (int i = 0; list.hasNext(); i++) {
        if (i % CUBES_BETWEEN_CHECKS == 0) {
          job.checkCancelled();
        }
        cube += list.number();
        int inside = list.nextByte();
        if (neighbours) {
          readNeighbours(list, inside);
        }
        long row = cube / (width + 1);
        long x = cube - row * (width + 1);
        long layer = row / (height + 1);
        long y = row - layer * (height + 1);
        long corner = (2 * (layer + firstLayer) * gridHeight + 2 * y) * gridWidth + 2 * x;
        addTriangles(inside, corner);
      }
    }

    private void readNeighbours(VarintBuffer list, int inside) {
      long all = list.number();
      for (int corner = 0; corner < 8; corner++) {
        boolean isOut = (inside >> corner & 1) == 0;
        labels[corner] = all != 0 ? all - 1 : isOut ? list.number() : 0;
      }
    }

    private void addTriangles(int inside, long corner) {
      byte[] edges = CubeTable.of(inside);
      if (size + edges.length > triangles.length) {
        if (size > Integer.MAX_VALUE / 2 - 64) {
          throw new ResourceException(
              "The surface of object "
                  + id
                  + " has too many triangles for one mesh: mesh a smaller or coarser stack.");
        }
        triangles = Arrays.copyOf(triangles, 2 * triangles.length);
      }
      for (byte edge : edges) {
        int vertex = vertices.add(corner + edgeOffset[edge]);
        triangles[size++] = vertex;
        int lower = CubeTable.corner(edge);
        boolean up = (inside >> lower & 1) != 0;
        directions =
            vertex < directions.length ? directions : Arrays.copyOf(directions, 2 * vertex);
        directions[vertex] = (byte) (2 * CubeTable.axis(edge) + (up ? 1 : 0));
        if (neighbours) {
          outside = vertex < outside.length ? outside : Arrays.copyOf(outside, 2 * vertex);
          outside[vertex] = labels[up ? lower | 1 << CubeTable.axis(edge) : lower];
        }
      }
    }

    TriangleMesh mesh() {
      float[] places = new float[Math.multiplyExact(3, vertices.size())];
      for (int i = 0; i < vertices.size(); i++) {
        long key = vertices.key(i);
        long row = key / gridWidth;
        // The background around the stack is at 0; the stack begins half a voxel before its centre.
        places[3 * i] = (float) ((key - row * gridWidth - 1) * 0.5 * voxelSize.x());
        places[3 * i + 1] = (float) ((row % gridHeight - 1) * 0.5 * voxelSize.y());
        places[3 * i + 2] = (float) ((row / gridHeight - 1) * 0.5 * voxelSize.z());
      }
      return new TriangleMesh(id, places, Arrays.copyOf(triangles, size));
    }

    Surface surface() {
      int count = vertices.size();
      return new Surface(
          mesh(),
          voxelSize,
          Arrays.copyOf(directions, count),
          Arrays.copyOf(outside, neighbours ? count : 0));
    }
  }
}
