package org.uniem.annotation.meshes;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.uniem.job.BadParameterException;
import org.uniem.job.files.WholeFile;

/** File formats of meshes; all hold coordinates in the unit of the voxel size. */
public enum MeshFormat {
  /**
   * Binary STL, little-endian: three places per triangle; its two spare bytes hold the lowest 16
   * bits of the id.
   */
  STL {
    @Override
    MeshOutput begin(FileChannel channel) throws IOException {
      return new StlOutput(channel);
    }
  },
  /** Wavefront OBJ, text: one object {@code o id} per mesh. */
  OBJ {
    @Override
    MeshOutput begin(FileChannel channel) throws IOException {
      return new ObjOutput(channel);
    }
  },
  /** Binary PLY, little-endian: vertices, then faces with the property {@code id}. */
  PLY {
    @Override
    MeshOutput begin(FileChannel channel) throws IOException {
      return new PlyOutput(channel);
    }
  };

  /** Begins a file at the start of a channel. */
  abstract MeshOutput begin(FileChannel channel) throws IOException;

  /** What gives the meshes of a file one after the other. */
  @FunctionalInterface
  public interface Source {
    /**
     * Writes all meshes.
     *
     * @throws IOException if the file cannot be written
     */
    void writeTo(Sink sink) throws IOException;
  }

  /** What takes the meshes of a file one after the other. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Writes a mesh.
     *
     * @throws IOException if the file cannot be written
     */
    void write(TriangleMesh mesh) throws IOException;
  }

  /**
   * Writes a file, which appears when it is whole; meshes are not kept.
   *
   * @param file its name
   * @param source gives the meshes
   * @throws org.uniem.job.OutputException if it cannot be written
   */
  public void write(Path file, Source source) {
    WholeFile.write(
        file,
        channel -> {
          try (MeshOutput output = begin(channel)) {
            source.writeTo(output::add);
            output.finish();
          }
        });
  }

  /** How names of such files end, without the dot. */
  public String ending() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format of a name as users give it.
   *
   * @param name {@code "stl"}, {@code "obj"} or {@code "ply"}
   */
  public static MeshFormat of(String name) {
    return Arrays.stream(values())
        .filter(format -> format.ending().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadParameterException("format=" + name + " is unknown: give stl, obj or ply."));
  }
}
