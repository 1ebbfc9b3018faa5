package org.uniem.networks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for a GPU that networks can use, by the files of its driver alone: nothing native is
 * loaded. That a GPU is found does not yet mean that TensorFlow can work on it.
 */
public final class GpuSearch {

  private static final String ONLY_PLATFORM = "linux-x86_64";
  private static final String MODEL = "Model:";

  private final NativeLibrary library;
  private final Path system;

  /** Looks at this computer. */
  public GpuSearch() {
    this(TensorFlowLibrary.files(), Path.of("/"));
  }

  /**
   * @param library TensorFlow as it is installed
   * @param system root of the file system
   */
  GpuSearch(NativeLibrary library, Path system) {
    this.library = library;
    this.system = system;
  }

  /** Why no GPU can be used, for people; empty if nothing speaks against it. */
  public Optional<String> obstacle() {
    if (!library.platform().equals(ONLY_PLATFORM)) {
      return Optional.of("TensorFlow for Java has no GPU library for " + library.platform());
    }
    if (!hasDriver()) {
      return Optional.of("no NVIDIA GPU with a driver was found");
    }
    if (!library.isForGpu()) {
      return Optional.of("the GPU library is not installed, which " + name() + " needs");
    }
    return Optional.empty();
  }

  private boolean hasDriver() {
    // The last is the Windows Subsystem for Linux.
    return !models().isEmpty()
        || Files.exists(system.resolve("dev/nvidia0"))
        || Files.exists(system.resolve("usr/lib/wsl/lib/libcuda.so.1"));
  }

  /** What the driver calls the GPU; several different ones are joined by commas. */
  public String name() {
    Set<String> models = models();
    return models.isEmpty() ? "NVIDIA GPU" : String.join(", ", models);
  }

  private Set<String> models() {
    Path gpus = system.resolve("proc/driver/nvidia/gpus");
    Set<String> models = new LinkedHashSet<>();
    if (!Files.isDirectory(gpus)) {
      return models;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(gpus)) {
      for (Path folder : folders) {
        for (String line : Files.readAllLines(folder.resolve("information"))) {
          if (line.startsWith(MODEL)) {
            models.add(line.substring(MODEL.length()).strip());
          }
        }
      }
    } catch (IOException e) {
      // Some containers show the folder and not its content: the name is then not known.
      return models;
    }
    return models;
  }
}
