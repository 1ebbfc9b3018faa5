package org.uniem.postprocess.watershed;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.RealType;
import org.uniem.job.Job;
import org.uniem.postprocess.labelling.Connectivity;

/** A volume with few levels, so that nearly all of it is plateaus, or with as many as voxels. */
final class FloodCase {

  final int w;
  final int h;
  final int d;
  final double[] heights;
  final long[] seeds;
  final double[] mask;
  final Connectivity connectivity;

  FloodCase(Random random, int largest) {
    w = 1 + random.nextInt(largest);
    h = 1 + random.nextInt(largest);
    d = 1 + random.nextInt(largest);
    int levels = 1 + random.nextInt(random.nextBoolean() ? 4 : 250);
    heights = random.ints(w * h * d, 0, levels).asDoubleStream().toArray();
    seeds = new long[heights.length];
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      seeds[random.nextInt(seeds.length)] = 1 + random.nextInt(5) * (1L << 40);
    }
    mask = new double[heights.length];
    int dry = random.nextInt(3);
    Arrays.setAll(mask, i -> random.nextInt(6) < dry ? 0 : -0.5);
    connectivity = Connectivity.values()[random.nextInt(5)];
  }

  long[] expected() {
    boolean[] inside = new boolean[mask.length];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = mask[i] != 0;
    }
    return new FloodOracle(heights, seeds, inside, w, h, d, connectivity).labels();
  }

  RandomAccessibleInterval<? extends RealType<?>> heights(int type) {
    return switch (type) {
      case 0 -> {
        byte[] bytes = new byte[heights.length];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) heights[i];
        }
        yield ArrayImgs.unsignedBytes(bytes, w, h, d);
      }
      case 1 -> {
        short[] shorts = new short[heights.length];
        for (int i = 0; i < shorts.length; i++) {
          shorts[i] = (short) (heights[i] * 257);
        }
        yield ArrayImgs.unsignedShorts(shorts, w, h, d);
      }
      default -> {
        double[] values = heights.clone();
        Arrays.setAll(values, i -> (heights[i] - 120) * (type == 2 ? 1e-7 : 3.7));
        yield ArrayImgs.doubles(values, w, h, d);
      }
    };
  }

  SeededWatershed watershed(int type, Job job) {
    return new SeededWatershed(
        heights(type),
        ArrayImgs.longs(seeds, w, h, d),
        Optional.of(ArrayImgs.doubles(mask, w, h, d)),
        connectivity,
        job);
  }
}
