package org.uniem.annotation.skeletons;

import java.util.List;
import java.util.Optional;

/**
 * What an SWC file holds. Immutable.
 *
 * @param unit of the lengths, as a comment of files of {@link SwcFile#write} names it; empty in
 *     others
 * @param skeletons those of the objects that such comments name, else a single one numbered 0, of
 *     as many trees as the file has
 */
public record SwcContent(Optional<String> unit, List<Skeleton> skeletons) {

  public SwcContent {
    skeletons = List.copyOf(skeletons);
  }
}
