package org.uniem.floodfilling.seeds;

import java.util.List;
import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.job.Job;

/**
 * The seeds of another policy from the last to the first: an independent second opinion for a
 * consensus.
 *
 * @param policy the other policy; where it has several stages, their seeds are reversed within each
 */
public record ReversedSeeds(SeedPolicy policy) implements SeedPolicy {

  @Override
  public int[] seeds(FillingScene scene, Job job) {
    int[] seeds = policy.seeds(scene, job);
    int[] reversed = new int[seeds.length];
    for (int i = 0; i < seeds.length; i++) {
      reversed[i] = seeds[seeds.length - 1 - i];
    }
    return reversed;
  }

  @Override
  public List<SeedPolicy> stages() {
    List<SeedPolicy> stages = policy.stages();
    if (stages.size() == 1) {
      return List.of(this);
    }
    return stages.stream().<SeedPolicy>map(ReversedSeeds::new).toList();
  }

  @Override
  public String describe() {
    return "reversed " + policy.describe();
  }
}
