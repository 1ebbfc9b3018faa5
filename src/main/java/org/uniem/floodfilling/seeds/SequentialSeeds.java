package org.uniem.floodfilling.seeds;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.job.Job;

/**
 * Several policies one after the other.
 *
 * @param policies the policies in their order
 */
public record SequentialSeeds(List<SeedPolicy> policies) implements SeedPolicy {

  public SequentialSeeds {
    policies = List.copyOf(policies);
  }

  @Override
  public int[] seeds(FillingScene scene, Job job) {
    return policies.stream()
        .flatMapToInt(policy -> Arrays.stream(policy.seeds(scene, job)))
        .toArray();
  }

  @Override
  public List<SeedPolicy> stages() {
    return policies.stream().flatMap(policy -> policy.stages().stream()).toList();
  }

  @Override
  public String describe() {
    return policies.stream().map(SeedPolicy::describe).collect(Collectors.joining(", then "));
  }
}
