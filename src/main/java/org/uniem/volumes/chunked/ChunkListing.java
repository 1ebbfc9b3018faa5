package org.uniem.volumes.chunked;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.uniem.volumes.folders.StoredFolder;

/**
 * What lies in the folder of an array, which says whether a chunk without a file is one of fill
 * values: programs leave those out, but a copy may also have ended too soon, or the metadata may
 * spell the names of the files in another way than the program that wrote them.
 *
 * <p>Looks at up to a million names; of larger arrays at all names in the folder itself and a part
 * of those in the folders in it.
 */
final class ChunkListing {

  private static final int MOST_NAMES = 1_000_000;
  private static final int MOST_FOLDERS = 20_000;
  private static final int FOLDERS_BEYOND = 2;
  private static final int NAMES_LOOKED_AT = 100;
  private static final int NAMES_SHOWN = 3;

  /** Numbers as in the names of chunks, alone or behind a word. */
  private static final Pattern NUMBERS = Pattern.compile("(.*[/.])?[0-9]+([./][0-9]+)*");

  /** What programs and file systems leave beside the files of others. */
  private static final Pattern BESIDE =
      Pattern.compile("\\..*|Thumbs\\.db|desktop\\.ini|__MACOSX|zarr\\.json|attributes\\.json");

  /** A chunk's name and what is added to it while it is written, copied or downloaded. */
  private static final Pattern UNFINISHED =
      Pattern.compile("(.*/)?\\.?((c[./])?[0-9]+([./][0-9]+)*)([^0-9./]|\\.[^0-9]).*");

  private final StoredFolder folder;
  private final List<ChunkKeys> spellings;
  private final long[] grid;
  private final Deque<String> folders = new ArrayDeque<>();
  private final Map<ChunkKeys, Integer> found = new HashMap<>();
  private final List<String> foreign = new ArrayList<>();
  private Optional<String> misfit = Optional.empty();
  private Optional<String> emptyFolder = Optional.empty();
  private int names;

  private ChunkListing(StoredFolder folder, ChunkKeys expected, long[] grid) {
    this.folder = folder;
    this.grid = grid;
    spellings = new ArrayList<>(List.of(expected));
    ChunkKeys.KNOWN.stream().filter(keys -> !keys.equals(expected)).forEach(spellings::add);
  }

  /**
   * Looks into a folder.
   *
   * @param folder of the array
   * @param expected how the metadata spell the names
   * @param grid how many files there are along each axis at most
   * @throws IOException if it cannot be listed
   */
  static ChunkListing of(StoredFolder folder, ChunkKeys expected, long[] grid) throws IOException {
    ChunkListing listing = new ChunkListing(folder, expected, grid);
    listing.list();
    return listing;
  }

  /** How names are spelled there, other than expected. */
  List<ChunkKeys> otherSpellings() {
    return spellings.stream().skip(1).filter(found::containsKey).toList();
  }

  /** Whether there is any chunk. */
  boolean hasChunks() {
    return !found.isEmpty();
  }

  /** Why a chunk without a file is not one of fill values, empty where it may well be. */
  Optional<String> misfit() {
    if (misfit.isPresent() || !found.isEmpty()) {
      return misfit;
    }
    if (!foreign.isEmpty()) {
      return Optional.of("there is no chunk, only " + String.join(", ", foreign));
    }
    return emptyFolder.map(name -> "there is no chunk, only empty folders like " + name);
  }

  private void list() throws IOException {
    folders.add("");
    for (int i = 0; i < MOST_FOLDERS && !folders.isEmpty() && names < MOST_NAMES; i++) {
      String under = folders.remove();
      int before = names;
      List<String> inside = new ArrayList<>();
      folder.visit(
          under,
          name -> {
            names++;
            look(under.isEmpty() ? name : under + "/" + name, name, inside);
            return names < MOST_NAMES && misfit.isEmpty();
          });
      if (names == before && !under.isEmpty()) {
        emptyFolder = Optional.of(under);
      }
      // Down to the files of the first folder, so that some are seen, then all others by depth.
      if (!inside.isEmpty()) {
        folders.addFirst(inside.get(0));
        inside.stream().skip(1).forEach(folders::addLast);
      }
    }
  }

  private void look(String path, String name, List<String> inside) {
    for (ChunkKeys keys : spellings) {
      Optional<long[]> index = keys.parse(path, grid.length);
      if (index.isPresent()) {
        int seen = found.getOrDefault(keys, 0);
        if (seen >= NAMES_LOOKED_AT || !folder.hasFolder(path)) {
          found.put(keys, seen + 1);
          requireInside(index.get(), path);
          return;
        }
      }
    }
    if (isUnfinished(path)) {
      misfit = Optional.of("the file " + path + " seems to be an unfinished chunk");
    } else if (BESIDE.matcher(name).matches()) {
      return;
    } else if (folder.hasFolder(path)) {
      if (path.chars().filter(c -> c == '/').count() < grid.length + FOLDERS_BEYOND) {
        inside.add(path);
      }
    } else if (NUMBERS.matcher(path).matches()) {
      String expected = spellings.get(0).of(new long[grid.length]);
      misfit = Optional.of("the file " + path + " is not named like the chunk " + expected);
    } else if (foreign.size() < NAMES_SHOWN) {
      foreign.add(path);
    }
  }

  private boolean isUnfinished(String path) {
    Matcher parts = UNFINISHED.matcher(path);
    if (!parts.matches()) {
      return false;
    }
    String name = (parts.group(1) == null ? "" : parts.group(1)) + parts.group(2);
    return spellings.stream().anyMatch(keys -> keys.parse(name, grid.length).isPresent());
  }

  private void requireInside(long[] index, String path) {
    for (int d = 0; d < grid.length; d++) {
      if (index[d] >= grid[d]) {
        String size =
            Arrays.stream(grid).mapToObj(Long::toString).collect(Collectors.joining(" x "));
        misfit = Optional.of("the file " + path + " is outside the grid of " + size + " chunks");
      }
    }
  }
}
