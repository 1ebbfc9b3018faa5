package org.uniem.commands.parameters;

/**
 * Labels and descriptions of parameters that many commands have, so that one thing has one wording.
 *
 * <p>The fields themselves stand in each command, at their place in its dialog: SciJava lists the
 * parameters of base classes before those of the class itself.
 */
public final class ParameterTexts {

  /** Label of the voxel size. */
  public static final String VOXEL_SIZE = "Voxel size";

  /** What a voxel size looks like. */
  public static final String VOXEL_SIZE_IS =
      "x,y,z,unit, for example 5,5,5,nm; empty = as the file says";

  /** Label of an output. */
  public static final String OUTPUT = "Output";

  /** What an output of labels is. */
  public static final String LABELS_OUTPUT_IS =
      "new folder of label slices, or a name ending in .tif or .ome.zarr";

  /** Label of the device that networks run on. */
  public static final String DEVICE = "Device";

  /** What the choices of a device mean. */
  public static final String DEVICE_IS = "auto takes a GPU where there is one";

  /** Label of the number of threads. */
  public static final String THREADS = "Threads";

  /** What a number of threads means. */
  public static final String THREADS_IS = "processors to use";

  /** The word for no number of threads. */
  public static final String ALL_THREADS = "0=all, or as set in Options";

  /** Heading of what is computed where. */
  public static final String COMPUTE_HEADING = "<html><b>Compute</b></html>";

  /** Heading of what goes in and out. */
  public static final String DATA_HEADING = "<html><b>Data</b></html>";

  /** Label of the button that asks for what is rarely needed. */
  public static final String ADVANCED_BUTTON = "Advanced...";

  /** Label of the button that forgets what was entered. */
  public static final String RESTORE_BUTTON = "Restore defaults";

  /** Label of the button that opens the documentation. */
  public static final String HELP_BUTTON = "Help / how to cite";

  private ParameterTexts() {}
}
