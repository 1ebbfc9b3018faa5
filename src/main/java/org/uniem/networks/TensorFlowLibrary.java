package org.uniem.networks;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.tensorflow.TensorFlow;
import org.uniem.job.ResourceException;

/**
 * TensorFlow as it is installed: loads it, or says in one sentence why that cannot be.
 *
 * <p>Met here: an old TensorFlow earlier on the class path, JavaCPP's limit on physical memory, a
 * native library that is missing or half copied. Thread-safe.
 */
public final class TensorFlowLibrary {

  private static final String MEMORY_LIMIT = "org.bytedeco.javacpp.maxphysicalbytes";

  private TensorFlowLibrary() {}

  /**
   * Where another TensorFlow is that this Java would load instead, such as the 1.x of an older
   * plugin; empty if there is none. Loads no native library.
   *
   * <p>Graph is in every TensorFlow for Java, DeviceSpec in the one needed alone.
   */
  public static Optional<String> conflict() {
    Optional<URL> found = origin("org.tensorflow.Graph");
    Optional<URL> needed = origin("org.tensorflow.DeviceSpec");
    // As texts: comparing URLs may ask the network.
    if (found.isEmpty() || found.map(URL::toString).equals(needed.map(URL::toString))) {
      return Optional.empty();
    }
    return found.map(URL::getPath);
  }

  /** The jar or folder of a class; empty if there is no such class or nobody knows. */
  private static Optional<URL> origin(String className) {
    try {
      // Not initialised, which would load the native library.
      Class<?> type = Class.forName(className, false, TensorFlowLibrary.class.getClassLoader());
      CodeSource source = type.getProtectionDomain().getCodeSource();
      return Optional.ofNullable(source).map(CodeSource::getLocation);
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * Loads TensorFlow once for this Java.
   *
   * @throws ResourceException if it cannot be loaded; says why and what to do
   */
  static void load() {
    // JavaCPP would otherwise throw OutOfMemoryError once the process is larger than 4 x Xmx.
    if (System.getProperty(MEMORY_LIMIT) == null) {
      System.setProperty(MEMORY_LIMIT, "0");
    }
    conflict()
        .ifPresent(
            path -> {
              throw new ResourceException(
                  "Another TensorFlow is in the way: "
                      + path
                      + " comes before TensorFlow Java 1.1 (TensorFlow 2.18), which this suite"
                      + " needs. Disable the update site that brought it, or remove that file, and"
                      + " restart.");
            });
    try {
      TensorFlow.version();
    } catch (LinkageError e) {
      throw new ResourceException(files().damage().orElseGet(() -> unknown(e)), e);
    }
  }

  private static String unknown(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return "TensorFlow's native library does not load ("
        + cause.getMessage()
        + "). It may need a newer system than this "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + ".";
  }

  /** The files of the native library as installed here. */
  static NativeLibrary files() {
    List<Path> jars = new ArrayList<>(ClassPathFiles.jars());
    // Whatever class loader has it.
    String folder = "/org/tensorflow/internal/c_api/" + Loader.getPlatform() + "/";
    URL url = TensorFlowLibrary.class.getResource(folder);
    if (url != null && url.getProtocol().equals("jar")) {
      jars.add(Path.of(URI.create(url.getPath().replaceFirst("!.*", ""))));
    }
    return new NativeLibrary(jars, cache(), Loader.getPlatform());
  }

  private static Path cache() {
    try {
      return Loader.getCacheDir().toPath();
    } catch (IOException e) {
      // Nothing can be unpacked then, nor be damaged.
      return Path.of(System.getProperty("java.io.tmpdir"));
    }
  }
}
