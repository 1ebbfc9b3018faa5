package org.uniem.volumes.folders;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A zip file of which parts are read where they lie, without unpacking it. It stays open until it
 * is closed. Thread-safe.
 *
 * <p>Entries may be stored or deflated, and the file larger than 4 GB. Of several entries of one
 * name the last counts, as programs append a new one where they change a file.
 */
public final class ZipArchive implements Closeable {

  private final Path path;
  private final ZipFile zip;
  private final boolean backslashes;
  private final Object lock = new Object();
  private volatile String[] sorted;

  /**
   * Opens a file.
   *
   * @throws IOException if it is damaged, encrypted or compressed in another way
   */
  public ZipArchive(Path path) throws IOException {
    this.path = path;
    // Names that do not say that they are in UTF-8 may be in any code page: none is refused.
    zip = new ZipFile(path.toFile(), StandardCharsets.ISO_8859_1);
    // Some old programs for Windows separate folders so.
    backslashes = zip.stream().anyMatch(entry -> entry.getName().indexOf('\\') >= 0);
  }

  /** The folder that is the whole file. */
  public StoredFolder root() {
    return new Folder("");
  }

  /** The names of all files, with slashes, in ascending order. */
  public String[] names() {
    return sorted().clone();
  }

  private String[] sorted() {
    if (sorted == null) {
      synchronized (lock) {
        if (sorted == null) {
          String[] names =
              zip.stream()
                  .filter(entry -> !entry.isDirectory())
                  .map(entry -> plain(entry.getName()))
                  .toArray(String[]::new);
          Arrays.sort(names);
          sorted = names;
        }
      }
    }
    return sorted;
  }

  private String plain(String name) {
    return backslashes ? name.replace('\\', '/') : name;
  }

  private Optional<ZipEntry> entry(String name) {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null && backslashes) {
      entry = zip.getEntry(name.replace('/', '\\'));
    }
    return Optional.ofNullable(entry).filter(found -> !found.isDirectory());
  }

  /** The first of the sorted names that is not before a text. */
  private int first(String text) {
    int place = Arrays.binarySearch(sorted(), text);
    return place < 0 ? -place - 1 : place;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private final class Folder implements StoredFolder {

    /** With a slash at its end, empty for the root. */
    private final String prefix;

    private Folder(String prefix) {
      this.prefix = prefix;
    }

    @Override
    public Path path() {
      return path.resolve(prefix);
    }

    @Override
    public StoredFolder folder(String name) {
      StringBuilder deeper = new StringBuilder(prefix);
      for (String part : name.split("/")) {
        if (!part.isEmpty() && !part.equals(".")) {
          deeper.append(part).append('/');
        }
      }
      return new Folder(deeper.toString());
    }

    @Override
    public Optional<StoredFolder> parent() {
      if (prefix.isEmpty()) {
        return Optional.empty();
      }
      int slash = prefix.lastIndexOf('/', prefix.length() - 2);
      return Optional.of(new Folder(prefix.substring(0, slash + 1)));
    }

    @Override
    public boolean hasFile(String name) {
      return entry(prefix + name).isPresent();
    }

    @Override
    public boolean hasFolder(String name) {
      String start = prefix + name + "/";
      int place = first(start);
      return place < sorted().length && sorted()[place].startsWith(start);
    }

    @Override
    public Optional<byte[]> read(String name, long limit) throws IOException {
      Optional<ZipEntry> entry = entry(prefix + name);
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      Sizes.requireAtMost(entry.get().getSize(), limit);
      try (InputStream in = zip.getInputStream(entry.get())) {
        return Optional.of(Sizes.readAll(in, limit));
      }
    }

    @Override
    public Optional<StoredFile> open(String name) {
      return entry(prefix + name).map(Entry::new);
    }

    @Override
    public void visit(String name, Predicate<String> visitor) {
      String start = name.isEmpty() ? prefix : prefix + name + "/";
      int i = first(start);
      while (i < sorted().length && sorted()[i].startsWith(start)) {
        String rest = sorted()[i].substring(start.length());
        int slash = rest.indexOf('/');
        String child = slash < 0 ? rest : rest.substring(0, slash);
        if (!child.isEmpty() && !visitor.test(child)) {
          return;
        }
        // Past all files in a folder: '0' is the character after the slash.
        i = slash < 0 ? i + 1 : Math.max(i + 1, first(start + child + "0"));
      }
    }
  }

  private final class Entry implements StoredFile {

    private final ZipEntry entry;

    private Entry(ZipEntry entry) {
      this.entry = entry;
    }

    @Override
    public long size() {
      return entry.getSize();
    }

    @Override
    public byte[] read(long start, long count) throws IOException {
      int size = Sizes.ofPart(start, count, size());
      try (InputStream in = zip.getInputStream(entry)) {
        // A stored entry is not read up to there.
        in.skipNBytes(start);
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
          throw new IOException("the entry ends too soon");
        }
        return bytes;
      }
    }

    @Override
    public void close() {
      // The archive stays open.
    }
  }
}
