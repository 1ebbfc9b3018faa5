package org.uniem.floodfilling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.floodfilling.seeds.SeedPolicy;
import org.uniem.job.BadInputException;
import org.uniem.job.Job;

/**
 * Fills one box of a volume, seed by seed.
 *
 * <p>To keep the network busy, it looks at several places together. Of the places that wait for
 * their turn in the object that is being grown, those are looked at early whose field of view meets
 * none before them: nothing changes there until their turn. Where that is not enough, small objects
 * of later seeds are begun ahead of their turn. All that an object sees of others is which voxels
 * they have taken, and voxels once taken stay so: an object grown ahead is what it would have
 * become at its turn, unless one before it takes a place where the network looked for it; then it
 * is begun anew. What the network says is taken strictly in the order of the places, and objects
 * get their labels strictly in the order of the seeds. So the result is that of one after the
 * other, whatever the batch. Seeds that an object in flight seems to reach are left alone, since
 * their turn will most likely never come.
 *
 * <p>Not thread-safe: one thread fills a scene.
 */
final class SceneFilling {

  /** Objects ahead of their turn may take memory for so many masks of the whole scene. */
  private static final long SCENES_AHEAD = 2;

  /** They always may take this many voxels, 64 MiB. */
  private static final long VOXELS_AHEAD = 1 << 24;

  /**
   * After so many looks objects wait for their turn: most large ones turn out to be part of an
   * earlier one.
   */
  private static final int LOOKS_AHEAD = 200;

  /** A place that the network is to look at, and the object it is for. */
  private record Look(ObjectGrowth growth, MoveQueue.Step step) {}

  private final FillingScene scene;
  private final MaskPredictor predictor;
  private final FillingOptions options;
  private final FillingListener listener;
  private final Job job;
  private final FieldOfView field;
  private final SeedCanvas.Bricks bricks = new SeedCanvas.Bricks();
  private final FillingCounter.Counts counts = new FillingCounter.Counts();
  private final ObjectPainter painter;
  private final List<FilledObject> objects = new ArrayList<>();
  // By the index of their seeds.
  private final TreeMap<Integer, ObjectGrowth> growing = new TreeMap<>();

  private int[] seeds = {};
  private int turn;
  private int scout;
  private int lastId;

  SceneFilling(
      FillingScene scene,
      MaskPredictor predictor,
      FillingOptions options,
      FillingListener listener,
      Job job) {
    this.scene = scene;
    this.predictor = predictor;
    this.options = options;
    this.listener = listener;
    this.job = job;
    field = new FieldOfView(predictor, options);
    field.requireFits(scene.size());
    painter = new ObjectPainter(scene, field, options.minSegmentVoxels(), counts);
    for (int label : scene.labels()) {
      lastId = Math.max(lastId, label);
    }
  }

  /**
   * Fills the scene.
   *
   * @param progress counts the voxels of the scene
   */
  FillingResult run(SeedPolicy policy, Job.Stage progress) {
    List<SeedPolicy> stages = policy.stages();
    long reported = 0;
    for (int stage = 0; stage < stages.size(); stage++) {
      begin(stages.get(stage));
      while (turn < seeds.length) {
        double share = (stage + (double) turn / seeds.length) / stages.size();
        long done = (long) (share * scene.voxels());
        progress.advance(done - reported);
        reported = done;
        growTurn();
        turn++;
      }
      counts.add(FillingCounter.SEEDS, 1);
    }
    // All is there: a cancel from now on shall not lose it.
    progress.report(scene.voxels() - reported);
    return new FillingResult(objects, counts.asMap());
  }

  /** Grows from one voxel only. */
  GrownMask grow(int start) {
    ObjectGrowth growth = beginObject(start);
    growth.recordDeletions();
    while (growth.isGrowing()) {
      job.checkCancelled();
      look(batchWith(growth));
    }
    return GrownMask.of(scene, growth);
  }

  private void begin(SeedPolicy policy) {
    int[] found = policy.seeds(scene, job);
    int usable = 0;
    for (int seed : found) {
      if (scene.isInside(seed, field.margin()) && scene.isOwn(seed)) {
        found[usable++] = seed;
      }
    }
    seeds = Arrays.copyOf(found, usable);
    turn = 0;
    scout = 0;
  }

  /** Grows the object of the seed whose turn it is, with others ahead of theirs. */
  private void growTurn() {
    job.checkCancelled();
    counts.add(FillingCounter.SEEDS, 1);
    if (!isTried(seeds[turn])) {
      drop(turn);
      return;
    }
    ObjectGrowth growth = growing.computeIfAbsent(turn, index -> beginObject(seeds[index]));
    while (growth.isGrowing()) {
      job.checkCancelled();
      look(batchWith(growth));
    }
    counts.addAll(growth.counts());
    Optional<FilledObject> object = painter.paint(growth, lastId + 1);
    drop(turn);
    if (object.isPresent()) {
      lastId++;
      objects.add(object.get());
      reviseThoseAhead();
    }
  }

  private boolean isTried(int seed) {
    if (scene.isLabelled(seed)) {
      counts.add(FillingCounter.INVALID, 1);
      return false;
    }
    if (scene.isExcluded(seed)) {
      return false;
    }
    if (isNearObject(seed)) {
      painter.reject(seed);
      return false;
    }
    return true;
  }

  private boolean isNearObject(int seed) {
    Extent distance = options.minBoundaryDistance();
    Extent size = scene.size();
    int x = scene.x(seed);
    int y = scene.y(seed);
    int z = scene.z(seed);
    for (int k = Math.max(0, z - distance.z());
        k <= Math.min(size.z() - 1, z + distance.z());
        k++) {
      for (int j = Math.max(0, y - distance.y());
          j <= Math.min(size.y() - 1, y + distance.y());
          j++) {
        for (int i = Math.max(0, x - distance.x());
            i <= Math.min(size.x() - 1, x + distance.x());
            i++) {
          if (scene.isLabelled(scene.voxel(i, j, k))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private ObjectGrowth beginObject(int seed) {
    return new ObjectGrowth(scene, field, seed, bricks, listener);
  }

  private void drop(int index) {
    ObjectGrowth growth = growing.remove(index);
    if (growth != null) {
      growth.release();
    }
  }

  /** Where to look for the object whose turn it is, and then for those ahead of theirs. */
  private List<Look> batchWith(ObjectGrowth first) {
    List<Look> batch = new ArrayList<>();
    first.wanted(options.batch()).forEach(step -> batch.add(new Look(first, step)));
    if (batch.size() < options.batch() && hasMemory()) {
      addThoseAhead(batch);
    }
    return batch;
  }

  private void addThoseAhead(List<Look> batch) {
    for (Map.Entry<Integer, ObjectGrowth> entry : growing.tailMap(turn, false).entrySet()) {
      ObjectGrowth growth = entry.getValue();
      if (growth.iterations() < LOOKS_AHEAD && !isContested(entry.getKey(), growth)) {
        addNext(growth, batch);
      }
      if (batch.size() == options.batch()) {
        return;
      }
    }
    scout = Math.max(scout, turn);
    while (batch.size() < options.batch() && scout + 1 < seeds.length) {
      scout++;
      if (!growing.containsKey(scout) && isPromising(seeds[scout])) {
        ObjectGrowth growth = beginObject(seeds[scout]);
        growing.put(scout, growth);
        addNext(growth, batch);
      }
    }
  }

  private static void addNext(ObjectGrowth growth, List<Look> batch) {
    if (growth.isGrowing()) {
      batch.add(new Look(growth, growth.wanted(1).get(0)));
    }
  }

  /** Whether an earlier object in flight seems to be the same. */
  private boolean isContested(int index, ObjectGrowth growth) {
    return growing.headMap(index, false).values().stream()
        .anyMatch(
            earlier -> earlier.claims(growth.startVoxel()) || growth.claims(earlier.startVoxel()));
  }

  private boolean isPromising(int seed) {
    return !scene.isLabelled(seed)
        && !scene.isExcluded(seed)
        && !isNearObject(seed)
        && growing.values().stream().noneMatch(growth -> growth.claims(seed));
  }

  private boolean hasMemory() {
    long allowed = Math.max(VOXELS_AHEAD, SCENES_AHEAD * scene.voxels());
    return bricks.voxelsInUse() < allowed;
  }

  private void look(List<Look> batch) {
    int n = batch.size();
    int voxels = field.voxels();
    float[] images = new float[n * voxels];
    float[] masks = new float[n * voxels];
    for (int i = 0; i < n; i++) {
      batch.get(i).growth.read(batch.get(i).step, images, masks, i * voxels);
    }
    float[] logits = predictor.predict(images, masks, n);
    if (logits.length != n * voxels) {
      throw new BadInputException(
          "The network gives "
              + logits.length
              + " logits for "
              + n
              + " fields of view: expected "
              + (long) n * voxels
              + ", one for every voxel. Import it again.");
    }
    counts.add(FillingCounter.COMPUTED, n);
    for (int i = 0; i < n; i++) {
      batch.get(i).step.lookedAt(Arrays.copyOfRange(logits, i * voxels, (i + 1) * voxels));
    }
  }

  /** Gives up or begins anew what would have grown otherwise with the newest object there. */
  private void reviseThoseAhead() {
    Iterator<Map.Entry<Integer, ObjectGrowth>> entries = growing.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<Integer, ObjectGrowth> entry = entries.next();
      ObjectGrowth growth = entry.getValue();
      int seed = growth.startVoxel();
      if (scene.isLabelled(seed) || isNearObject(seed)) {
        growth.release();
        entries.remove();
      } else if (growth.isDisturbed()) {
        growth.release();
        entry.setValue(beginObject(seed));
      }
    }
  }
}
