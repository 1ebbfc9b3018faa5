package org.uniem.volumes.folders;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A folder of the file system; no file stays open. Thread-safe.
 *
 * @param path where it is
 */
public record DiskFolder(Path path) implements StoredFolder {

  @Override
  public StoredFolder folder(String name) {
    return new DiskFolder(path.resolve(name));
  }

  @Override
  public Optional<StoredFolder> parent() {
    return Optional.ofNullable(path.getParent()).map(DiskFolder::new);
  }

  @Override
  public boolean hasFile(String name) {
    return Files.isRegularFile(path.resolve(name));
  }

  @Override
  public boolean hasFolder(String name) {
    return Files.isDirectory(path.resolve(name));
  }

  @Override
  public Optional<byte[]> read(String name, long limit) throws IOException {
    Path file = path.resolve(name);
    Optional<Long> size = size(file);
    if (size.isEmpty()) {
      return Optional.empty();
    }
    Sizes.requireAtMost(size.get(), limit);
    // Not by a FileChannel, which an interrupt would close.
    try (InputStream in = new FileInputStream(file.toFile())) {
      return Optional.of(Sizes.readAll(in, limit));
    }
  }

  /** Empty where there is no file; other things than files are refused, they may have no end. */
  private static Optional<Long> size(Path file) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      // Some systems complain where a folder on the way is a file: there is no such file then.
      if (Files.notExists(file) || Files.isRegularFile(file.getParent())) {
        return Optional.empty();
      }
      throw e;
    }
    if (!attributes.isRegularFile()) {
      throw new IOException(
          attributes.isDirectory()
              ? "expected a file, found a folder of that name"
              : "expected a file, found something else");
    }
    return Optional.of(attributes.size());
  }

  @Override
  public Optional<StoredFile> open(String name) throws IOException {
    Path file = path.resolve(name);
    return size(file).isEmpty() ? Optional.empty() : Optional.of(new DiskFile(file));
  }

  @Override
  public void visit(String name, Predicate<String> visitor) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path.resolve(name))) {
      for (Path entry : entries) {
        if (!visitor.test(entry.getFileName().toString())) {
          return;
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // As promised: there is nothing to list.
      return;
    }
  }

  private static final class DiskFile implements StoredFile {

    private final RandomAccessFile file;

    private DiskFile(Path path) throws IOException {
      file = new RandomAccessFile(path.toFile(), "r");
    }

    @Override
    public long size() throws IOException {
      return file.length();
    }

    @Override
    public byte[] read(long start, long count) throws IOException {
      byte[] bytes = new byte[Sizes.ofPart(start, count, size())];
      file.seek(start);
      file.readFully(bytes);
      return bytes;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
