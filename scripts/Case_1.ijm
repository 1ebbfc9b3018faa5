// Case 1: from a few painted slices to labelled and measured mitochondria, on a sample image.
//
// In Fiji: open this file in the script editor and press Run, or
//   fiji --headless -batch scripts/Case_1.ijm /path/of/a/new/folder
// Without Fiji, "scripts/uniem demo" does much the same.
//
// It was recorded with Plugins > Macros > Record...; what has its default is left out. Images and
// labels are titles of open images or paths of TIFF stacks or folders of slices. To work on images
// of your own, put them in the place of the phantom, and set slices to the ones you painted,
// counted from 0; leave slices out if you painted all of them.

folder = getArgument();
if (folder == "") folder = getDirectory("Choose an empty folder for the results");
if (!endsWith(folder, File.separator)) folder = folder + File.separator;

// Fiji takes what stands in [ ] as one value, so paths may hold spaces.
run("UNI-EM Phantom (EM Stack)");
run("UNI-EM Phantom (Labels)");

run("Train Network...", "images=phantom.tif labels=phantom-labels.tif"
	+ " model=[" + folder + "model] slices=4,12,20 steps=300 seed=1 patchSize=128");

run("Predict...", "images=phantom.tif model=[" + folder + "model]"
	+ " output=[" + folder + "probability.tif]");

run("Label Objects...", "images=[" + folder + "probability.tif] threshold=0.5 minVoxels=100"
	+ " output=[" + folder + "objects.tif]");

// The slices that were not painted tell how good the network is.
run("Evaluate...", "segmentation=[" + folder + "objects.tif] truth=phantom-labels.tif"
	+ " report=[" + folder + "scores.json] mode=instance slices=0-3,5-11,13-19,21-23");

print(File.openAsString(folder + "scores.json"));
