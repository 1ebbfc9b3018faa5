package org.uniem.filters;

import java.util.function.Function;
import org.uniem.job.Job;

/** Stretches or equalises each slice by its own values. */
final class SliceHistogramFilter implements Filter {

  private final Function<StackHistogram, Filter> made;

  SliceHistogramFilter(Function<StackHistogram, Filter> made) {
    this.made = made;
  }

  @Override
  public void apply(SliceWindow source, float[] target, Job job) {
    Filter filter = StackHistogram.filter(made);
    while (filter.learning().isPresent()) {
      Learning learning = filter.learning().get();
      learning.see(source.middle());
      filter = learning.learned();
    }
    filter.apply(source, target, job);
  }
}
