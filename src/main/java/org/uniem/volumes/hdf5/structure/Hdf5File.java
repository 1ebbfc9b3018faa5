package org.uniem.volumes.hdf5.structure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An open HDF5 file. Thread-safe. */
public final class Hdf5File implements AutoCloseable {

  private static final int MOST_LINKS = 32;
  private static final int MOST_OBJECTS = 20_000;
  private static final int DEEPEST = 64;

  private final StoredBytes file;

  /**
   * A dataset as a list shows it.
   *
   * @param path of it, beginning with a slash
   * @param shape elements along each axis, slowest first
   * @param type of an element, in words
   */
  public record Entry(String path, long[] shape, String type) {

    @Override
    public String toString() {
      return path + " " + Arrays.toString(shape) + " " + type;
    }
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it is none of HDF5, damaged or of an unknown version; says which
   */
  public Hdf5File(Path path) throws IOException {
    file = new StoredBytes(path);
  }

  /** Whether a file begins as HDF5 files do. */
  public static boolean isHdf5(Path path) throws IOException {
    return StoredBytes.isHdf5(path);
  }

  /**
   * The dataset at a path.
   *
   * @param path of groups and links, separated by slashes
   * @return empty where nothing is there, or a group
   * @throws UnsupportedFeatureException if it is stored in a way that is not read
   * @throws IOException if the file is damaged
   */
  public Optional<Dataset> dataset(String path) throws IOException {
    Optional<ObjectHeader> header = resolve(path);
    return header.isPresent() && header.get().has(ObjectHeader.DATASPACE)
        ? Optional.of(new Dataset(file, header.get()))
        : Optional.empty();
  }

  /** Whether a group is at a path. */
  public boolean isGroup(String path) throws IOException {
    Optional<ObjectHeader> header = resolve(path);
    return header.isPresent() && Links.isGroup(header.get());
  }

  /** The attributes of the object at a path, none where nothing is there. */
  public Map<String, Attribute> attributes(String path) throws IOException {
    Optional<ObjectHeader> header = resolve(path);
    return header.isPresent() ? Attribute.of(file, header.get()) : Map.of();
  }

  /** The datasets in a group and in the groups in it; links to other places are left out. */
  public List<Entry> datasets(String path) throws IOException {
    List<Entry> entries = new ArrayList<>();
    Optional<ObjectHeader> header = resolve(path);
    if (header.isPresent() && Links.isGroup(header.get())) {
      String start = path.replaceAll("/+$", "");
      list(header.get(), start, 0, entries, new HashSet<>(Set.of(header.get().address())));
    }
    return entries;
  }

  private void list(ObjectHeader group, String path, int depth, List<Entry> entries, Set<Long> seen)
      throws IOException {
    for (Map.Entry<String, Link> member : Links.of(file, group).entrySet()) {
      Link link = member.getValue();
      if (link.kind() != Link.Kind.HARD || !seen.add(link.address())) {
        continue;
      }
      if (seen.size() > MOST_OBJECTS || depth > DEEPEST) {
        throw new UnsupportedFeatureException(
            "it has more than " + MOST_OBJECTS + " objects, give the path of a dataset");
      }
      ObjectHeader header = ObjectHeader.read(file, link.address());
      String name = path + "/" + member.getKey();
      if (header.has(ObjectHeader.DATASPACE)) {
        String type = Dataset.type(header).description();
        entries.add(new Entry(name, Dataset.shape(header), type));
      } else if (Links.isGroup(header)) {
        list(header, name, depth + 1, entries, seen);
      }
    }
  }

  private Optional<ObjectHeader> resolve(String path) throws IOException {
    return resolve(path, file.rootAddress(), new int[1]);
  }

  private Optional<ObjectHeader> resolve(String path, long start, int[] links) throws IOException {
    // Counted for all together, since each may lead over several others.
    if (links[0]++ > MOST_LINKS) {
      throw new UnsupportedFeatureException("its links lead in a circle");
    }
    ObjectHeader header =
        ObjectHeader.read(file, path.startsWith("/") ? file.rootAddress() : start);
    for (String name : path.split("/")) {
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      Link link = Links.isGroup(header) ? Links.of(file, header).get(name) : null;
      if (link == null) {
        return Optional.empty();
      }
      if (link.kind() == Link.Kind.EXTERNAL) {
        throw new UnsupportedFeatureException(
            name
                + " is a link to another file: give that one, "
                + link.file()
                + ":"
                + link.target());
      }
      if (link.kind() == Link.Kind.OTHER) {
        throw new UnsupportedFeatureException(name + " is a link of an unknown kind");
      }
      Optional<ObjectHeader> next =
          link.kind() == Link.Kind.HARD
              ? Optional.of(ObjectHeader.read(file, link.address()))
              : resolve(link.target(), header.address(), links);
      if (next.isEmpty()) {
        return next;
      }
      header = next.get();
    }
    return Optional.of(header);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
