package org.uniem.commands.objects;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.uniem.job.BadInputException;
import org.uniem.job.BadParameterException;

/** Ids of objects as users give them: {@code 3,17,100-200}; empty for all. */
final class IdSelection {

  private record Range(long first, long last) {
    boolean has(long id) {
      return id >= first && id <= last;
    }
  }

  private final String text;
  private final List<Range> ranges = new ArrayList<>();

  /**
   * @param text numbers and ranges, or nothing
   * @throws BadParameterException if it is anything else
   */
  IdSelection(String text) {
    this.text = text == null ? "" : text.trim();
    if (this.text.isEmpty()) {
      return;
    }
    for (String part : this.text.split(",", -1)) {
      String[] ends = part.trim().split("\\s*-\\s*", -1);
      try {
        long first = Long.parseLong(ends[0]);
        long last = Long.parseLong(ends[ends.length - 1]);
        if (ends.length <= 2 && first > 0 && last >= first) {
          ranges.add(new Range(first, last));
          continue;
        }
      } catch (NumberFormatException e) {
        throw malformed(e);
      }
      throw malformed(null);
    }
  }

  private BadParameterException malformed(Exception cause) {
    return new BadParameterException(
        "ids="
            + text
            + " is no list of objects: give ids of 1 and more and ranges, for example 3,17,100-200.",
        cause);
  }

  /**
   * The ids that are chosen of those that there are.
   *
   * @param ids of a segmentation, ascending
   * @param name of the segmentation, for messages
   * @throws BadInputException if none is, or if one that is given alone is not there
   */
  long[] of(long[] ids, String name) {
    if (ids.length == 0) {
      throw new BadInputException(
          "The segmentation " + name + " holds no object: all its voxels are 0.");
    }
    for (Range range : ranges) {
      if (Arrays.stream(ids).noneMatch(range::has)) {
        throw new BadInputException(
            String.format(
                "ids=%s: the segmentation %s has no object %s; its ids are %d to %d.",
                text,
                name,
                range.first() == range.last()
                    ? range.first()
                    : "from " + range.first() + " to " + range.last(),
                ids[0],
                ids[ids.length - 1]));
      }
    }
    return Arrays.stream(ids)
        .filter(id -> ranges.isEmpty() || ranges.stream().anyMatch(range -> range.has(id)))
        .toArray();
  }
}
