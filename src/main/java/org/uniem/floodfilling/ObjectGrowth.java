package org.uniem.floodfilling;

import java.util.ArrayList;
import java.util.List;
import org.uniem.floodfilling.scene.Extent;
import org.uniem.floodfilling.scene.FillingScene;
import org.uniem.floodfilling.scene.VoxelPosition;
import org.uniem.job.BadInputException;

/**
 * One object on its way from the seed to the last move.
 *
 * <p>The network itself is called by the owner, for several objects and places at a time: {@link
 * #isGrowing} goes as far as is known and says whether more must be looked at, {@link #wanted} says
 * where, {@link #read} hands out the field of view there. Not thread-safe.
 */
final class ObjectGrowth implements GrowingObject {

  /** From this probability on, a voxel that becomes unlikely counts as deleted. */
  static final double LIKELY = 0.8;

  private static final float LIKELY_LOGIT = FillingOptions.logit(LIKELY);

  private final FillingScene scene;
  private final FieldOfView field;
  private final int start;
  private final MoveQueue.Place startPlace;
  private final SeedCanvas canvas;
  private final MoveQueue queue;
  private final FillingCounter.Counts counts = new FillingCounter.Counts();
  private final List<MoveQueue.Place> visited = new ArrayList<>();
  private final float[] before;
  private final FillingListener listener;
  private final long startedAt = System.nanoTime();

  /** What is to be looked at, or was looked at last. */
  private MoveQueue.Step step;

  private boolean recordsDeletions;
  private final List<Integer> deletions = new ArrayList<>();
  private boolean waiting;
  private boolean finished;
  private double seconds;

  ObjectGrowth(
      FillingScene scene,
      FieldOfView field,
      int start,
      SeedCanvas.Bricks bricks,
      FillingListener listener) {
    this.listener = listener;
    this.scene = scene;
    this.field = field;
    this.start = start;
    startPlace = new MoveQueue.Place(scene.x(start), scene.y(start), scene.z(start));
    step = new MoveQueue.Step(startPlace);
    canvas = new SeedCanvas(scene.size(), bricks);
    canvas.set(startPlace.x(), startPlace.y(), startPlace.z(), field.seed());
    queue = field.movesFrom(startPlace);
    before = new float[field.voxels()];
    counts.add(FillingCounter.OBJECTS_BEGUN, 1);
  }

  /** Counts what becomes unlikely, for {@link #looks}; asked for before anything was looked at. */
  void recordDeletions() {
    recordsDeletions = true;
  }

  /** Places the network looked at, with what became unlikely there. */
  List<GrownMask.Look> looks() {
    List<GrownMask.Look> looks = new ArrayList<>();
    for (int i = 0; i < visited.size(); i++) {
      MoveQueue.Place p = visited.get(i);
      looks.add(new GrownMask.Look(scene.voxel(p.x(), p.y(), p.z()), deletions.get(i)));
    }
    return looks;
  }

  /** Goes on with all that was looked at; whether something else must be looked at then. */
  boolean isGrowing() {
    while (!finished && (!waiting || step.isLookedAt())) {
      if (waiting) {
        accept();
      }
      waiting = nextStep() && !startIsWeak();
      finished = !waiting;
    }
    seconds = finished && seconds == 0 ? (System.nanoTime() - startedAt) * 1e-9 : seconds;
    return waiting;
  }

  /**
   * What must be looked at next, and what can be looked at early.
   *
   * @param max how many places at most, 1 or more
   */
  List<MoveQueue.Step> wanted(int max) {
    List<MoveQueue.Step> wanted = new ArrayList<>();
    wanted.add(step);
    if (max > 1) {
      wanted.addAll(queue.early(step, this::mayBeValid, max - 1));
    }
    return wanted;
  }

  /** What is outside, taken or left out now will be so at its turn. */
  private boolean mayBeValid(MoveQueue.Place next) {
    return scene.isInside(next.x(), next.y(), next.z(), field.margin())
        && !isTaken(next)
        && !scene.isExcluded(scene.voxel(next.x(), next.y(), next.z()));
  }

  /** A seed that became unlikely ends the object, but only at its next valid move, as published. */
  private boolean startIsWeak() {
    boolean weak = hasWeakStart();
    if (weak) {
      counts.add(FillingCounter.WEAK_SEEDS, 1);
    }
    return weak;
  }

  private boolean nextStep() {
    while (!queue.isEmpty()) {
      MoveQueue.Step next = queue.take();
      if (!queue.isDone(next.place()) && isValid(next.place())) {
        step = next;
        return true;
      }
    }
    return false;
  }

  private boolean isValid(MoveQueue.Place next) {
    if (canvas.get(next.x(), next.y(), next.z()) < field.move()) {
      counts.add(FillingCounter.UNLIKELY, 1);
      return false;
    }
    if (!scene.isInside(next.x(), next.y(), next.z(), field.margin())) {
      counts.add(FillingCounter.INVALID, 1);
      return false;
    }
    int voxel = scene.voxel(next.x(), next.y(), next.z());
    if (scene.isLabelled(voxel)) {
      counts.add(FillingCounter.INVALID, 1);
      return false;
    }
    if (scene.isExcluded(voxel)) {
      counts.add(FillingCounter.EXCLUDED, 1);
      return false;
    }
    return true;
  }

  /**
   * Hands out a field of view.
   *
   * @param wanted where
   * @param images receives normalised intensities, x fastest
   * @param masks receives logits
   * @param at where the field of view begins in both
   */
  void read(MoveQueue.Step wanted, float[] images, float[] masks, int at) {
    int[] size = field.size();
    Extent margin = field.margin();
    int x = wanted.place().x() - margin.x();
    for (int k = 0; k < size[2]; k++) {
      int z = wanted.place().z() - margin.z() + k;
      for (int j = 0; j < size[1]; j++) {
        int row = at + (k * size[1] + j) * size[0];
        int y = wanted.place().y() - margin.y() + j;
        System.arraycopy(scene.image(), scene.voxel(x, y, z), images, row, size[0]);
        canvas.readRow(x, y, z, masks, row, size[0]);
      }
    }
    for (int i = at; i < at + field.voxels(); i++) {
      masks[i] = Float.isNaN(masks[i]) ? field.pad() : masks[i];
    }
  }

  /** Takes what the network made of the field of view whose turn it is. */
  private void accept() {
    float[] logits = step.logits();
    int likely = 0;
    for (float logit : logits) {
      if (Float.isNaN(logit)) {
        throw new BadInputException(
            "The network gives no number at x,y,z="
                + position()
                + " (counted from 0): expected a logit for every voxel. Its weights are damaged,"
                + " or the mean and deviation of the image do not fit: import or train it again.");
      }
      if (logit >= field.move()) {
        likely++;
      }
    }
    boolean holdsDown = field.holdsDown(likely);
    if (holdsDown || recordsDeletions) {
      eachRow((x, y, z, row) -> canvas.readRow(x, y, z, before, row, field.size()[0]));
    }
    if (recordsDeletions) {
      deletions.add(deletions(logits));
    }
    if (holdsDown) {
      keepUnlikely(logits);
    }
    eachRow((x, y, z, row) -> canvas.writeRow(x, y, z, logits, row, field.size()[0]));
    queue.visited(step.place(), logits);
    visited.add(step.place());
    counts.add(FillingCounter.PREDICTIONS, 1);
    listener.grown(this);
  }

  /** Voxels once seen as unlikely may not rise; those never seen, NaN, may. */
  private void keepUnlikely(float[] logits) {
    for (int i = 0; i < before.length; i++) {
      if (before[i] < 0 && logits[i] > before[i]) {
        logits[i] = before[i];
      }
    }
  }

  private int deletions(float[] logits) {
    int count = 0;
    for (int i = 0; i < before.length; i++) {
      if (before[i] >= LIKELY_LOGIT && logits[i] < 0) {
        count++;
      }
    }
    return count;
  }

  private interface RowTask {
    void run(int x, int y, int z, int row);
  }

  private void eachRow(RowTask task) {
    int[] size = field.size();
    Extent margin = field.margin();
    MoveQueue.Place place = step.place();
    for (int k = 0; k < size[2]; k++) {
      for (int j = 0; j < size[1]; j++) {
        task.run(
            place.x() - margin.x(),
            place.y() - margin.y() + j,
            place.z() - margin.z() + k,
            (k * size[1] + j) * size[0]);
      }
    }
  }

  /**
   * Whether an object found since has taken a place that this one looked at: then it would have
   * grown otherwise. A place that it only waits for is given up here, as it would have been.
   */
  boolean isDisturbed() {
    if (waiting && isTaken(step.place())) {
      counts.add(FillingCounter.INVALID, 1);
      waiting = false;
    }
    return visited.stream().anyMatch(this::isTaken);
  }

  private boolean isTaken(MoveQueue.Place p) {
    return scene.isLabelled(scene.voxel(p.x(), p.y(), p.z()));
  }

  /** Whether a voxel seems to belong to this object. */
  boolean claims(int voxel) {
    return canvas.get(scene.x(voxel), scene.y(voxel), scene.z(voxel)) >= field.segment();
  }

  /** Whether the seed itself is unlikely by now. */
  boolean hasWeakStart() {
    return startLogit() < field.move();
  }

  private float startLogit() {
    return canvas.get(startPlace.x(), startPlace.y(), startPlace.z());
  }

  /** The seed, in the box. */
  int startVoxel() {
    return start;
  }

  double seconds() {
    return seconds;
  }

  FillingCounter.Counts counts() {
    return counts;
  }

  SeedCanvas canvas() {
    return canvas;
  }

  /** Places the network looked at. */
  List<MoveQueue.Place> visited() {
    return visited;
  }

  /** Gives its memory back; it is of no use afterwards. */
  void release() {
    canvas.clear();
  }

  @Override
  public VoxelPosition start() {
    return scene.position(start);
  }

  @Override
  public VoxelPosition position() {
    return scene.position(scene.voxel(step.place().x(), step.place().y(), step.place().z()));
  }

  @Override
  public int iterations() {
    return visited.size();
  }

  @Override
  public FillingScene scene() {
    return scene;
  }

  @Override
  public float probability(int voxel) {
    return (float) probability(canvas.get(scene.x(voxel), scene.y(voxel), scene.z(voxel)));
  }

  @Override
  public void probabilities(int z, float[] target) {
    int width = scene.size().x();
    for (int y = 0; y < scene.size().y(); y++) {
      canvas.readRow(0, y, z, target, y * width, width);
    }
    for (int i = 0; i < width * scene.size().y(); i++) {
      target[i] = (float) probability(target[i]);
    }
  }

  static double probability(float logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
