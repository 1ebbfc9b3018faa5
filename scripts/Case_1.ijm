// Case 1: from a few painted slices to labelled and measured mitochondria.
//
// In Fiji: open this file in the script editor and press Run, or
//   fiji --headless -batch scripts/Case_1.ijm /path/of/a/new/folder
// Without Fiji, "scripts/uniem demo" does the same.
//
// To work on images of your own, leave out Make Phantom, set images and labels to your folders
// (or TIFF stacks) and slices to the ones you painted, counted from 0; leave slices empty if you
// painted all of them.

folder = getArgument();
if (folder == "") folder = getDirectory("Choose an empty folder for the results");
if (!endsWith(folder, File.separator)) folder = folder + File.separator;

// Fiji takes what stands in [ ] as one value, so paths may hold spaces.
images = folder + "phantom" + File.separator + "images.tif";
labels = folder + "phantom" + File.separator + "mitochondria.tif";

run("Make Phantom...", "output=[" + folder + "phantom] seed=1");

run("Train Network...", "images=[" + images + "] labels=[" + labels + "]"
	+ " model=[" + folder + "model] slices=4,12,20 minutes=1.25 patchSize=128");

run("Predict...", "images=[" + images + "] model=[" + folder + "model]"
	+ " output=[" + folder + "probability.tif] flips=4");

run("Label Objects...", "images=[" + folder + "probability.tif]"
	+ " output=[" + folder + "objects.tif] threshold=0.5 minVoxels=100");

// The slices that were not painted tell how good the network is.
run("Evaluate...", "segmentation=[" + folder + "objects.tif] truth=[" + labels + "]"
	+ " report=[" + folder + "scores.json] mode=instance slices=0-3,5-11,13-19,21-23");

print(File.openAsString(folder + "scores.json"));
