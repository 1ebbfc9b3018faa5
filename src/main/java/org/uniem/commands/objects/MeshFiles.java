package org.uniem.commands.objects;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import org.uniem.annotation.meshes.MeshFormat;
import org.uniem.annotation.meshes.MeshOptions;
import org.uniem.annotation.meshes.Meshing;
import org.uniem.annotation.meshes.ObjectSurfaces;
import org.uniem.annotation.meshes.TriangleMesh;
import org.uniem.commands.parameters.Paths;
import org.uniem.job.Decimals;
import org.uniem.job.Job;
import org.uniem.job.OutputException;
import org.uniem.job.files.StagedOutput;
import org.uniem.job.files.WholeFile;

/** Mesh files of objects and the table of them: a folder, or one file and the table beside it. */
final class MeshFiles {

  /** Name of the table in a folder. */
  static final String TABLE_NAME = "meshes.csv";

  private final Path output;
  private final MeshFormat format;
  private final boolean single;
  private final StringBuilder table = new StringBuilder();

  /**
   * @param output a file where its name ends like one of a format, else a folder
   * @param format of the files in a folder
   */
  MeshFiles(Path output, MeshFormat format) {
    this.output = output;
    String name = output.getFileName().toString().toLowerCase(Locale.ROOT);
    MeshFormat named = format;
    boolean file = false;
    for (MeshFormat known : MeshFormat.values()) {
      if (name.endsWith("." + known.ending())) {
        named = known;
        file = true;
      }
    }
    this.format = named;
    single = file;
  }

  /** Whether the output is one file. */
  boolean isSingle() {
    return single;
  }

  /** Where the table goes. */
  Path table() {
    return single
        ? output.resolveSibling(Paths.baseName(output) + "-" + TABLE_NAME)
        : output.resolve(TABLE_NAME);
  }

  /** Writes the meshes of objects. */
  void write(ObjectSurfaces surfaces, long[] ids, MeshOptions options, Job job) {
    String unit = surfaces.voxelSize().plainUnit();
    table.append("id,vertices,triangles,area_" + unit + "2,volume_" + unit + "3,file\n");
    if (single) {
      writeFile(surfaces, ids, options, job);
    } else {
      writeFolder(surfaces, ids, options, job);
    }
  }

  private void writeFile(ObjectSurfaces surfaces, long[] ids, MeshOptions options, Job job) {
    format.write(
        output,
        sink -> {
          try {
            Meshing.each(
                surfaces,
                ids,
                options,
                mesh -> mesh,
                mesh -> {
                  try {
                    sink.write(mesh);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                  table.append(row(mesh, output.getFileName().toString()));
                },
                job);
          } catch (UncheckedIOException e) {
            throw e.getCause();
          }
        });
    try {
      WholeFile.writeText(table(), table.toString());
    } catch (OutputException e) {
      Paths.deleteAfter(e, output);
      throw e;
    }
  }

  private void writeFolder(ObjectSurfaces surfaces, long[] ids, MeshOptions options, Job job) {
    StagedOutput folder = new StagedOutput(output, true);
    try {
      Meshing.each(
          surfaces,
          ids,
          options,
          mesh -> {
            String name = mesh.id() + "." + format.ending();
            format.write(folder.temporary().resolve(name), sink -> sink.write(mesh));
            return row(mesh, name);
          },
          table::append,
          job);
      WholeFile.writeText(folder.temporary().resolve(TABLE_NAME), table.toString());
      job.checkCancelled();
      folder.commit();
    } finally {
      folder.discard();
    }
  }

  private static String row(TriangleMesh mesh, String file) {
    return String.format(
        Locale.ROOT,
        "%d,%d,%d,%s,%s,%s\n",
        mesh.id(),
        mesh.vertexCount(),
        mesh.triangleCount(),
        Decimals.of(mesh.area()),
        Decimals.of(mesh.volume()),
        file.matches("[^,\"]*") ? file : '"' + file.replace("\"", "\"\"") + '"');
  }
}
