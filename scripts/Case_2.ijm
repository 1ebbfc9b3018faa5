// Case 2: from labelled cells to all cells of a volume, with a flood-filling network.
//
// In Fiji: open this file in the script editor and press Run, or
//   fiji --headless -batch scripts/Case_2.ijm /path/of/a/new/folder
// Without Fiji: scripts/case-2 /path/of/a/new/folder
//
// The phantom is drawn tissue, small and clear, so that a tiny network learns it within a minute or
// two. For images of your own: give your labelled volume in the place of training/, your images in
// the place of tissue/, leave out fov, deltas, depth, features, subvolume and overlap, take a
// preset that fits your voxels, and train for hours (minutes=600) instead of steps;
// docs/flood-filling.md says how.

folder = getArgument();
if (folder == "") folder = getDirectory("Choose an empty folder for the results");
if (!endsWith(folder, File.separator)) folder = folder + File.separator;

// Two pieces of tissue: one to learn from, and one never seen.
run("Make Phantom...", "output=[" + folder + "training] seed=1 width=96 height=96 depth=16"
	+ " sliceThicknessNm=20 noise=0.2 contrastVariation=0.2 mitochondria=0");
run("Make Phantom...", "output=[" + folder + "tissue] seed=2 width=96 height=96 depth=16"
	+ " sliceThicknessNm=20 noise=0.2 contrastVariation=0.2 mitochondria=0");

run("Train FFN...", "images=[" + folder + "training/images.tif]"
	+ " labels=[" + folder + "training/cells.tif] model=[" + folder + "model]"
	+ " preset=small-anisotropic fov=7,7,5 deltas=2,2,1 depth=2 features=8 steps=800"
	+ " minObjectVoxels=300 validateEvery=400 seed=1");

// Mergers depend on which object is grown first: both orders, and what they agree on.
run("Segment...", "images=[" + folder + "tissue/images.tif] model=[" + folder + "model]"
	+ " output=[" + folder + "forward.tif] seeds=slice-peaks minVoxels=100 subvolume=64 overlap=24");
run("Segment...", "images=[" + folder + "tissue/images.tif] model=[" + folder + "model]"
	+ " output=[" + folder + "backward.tif] seeds=slice-peaks reverse=true minVoxels=100"
	+ " subvolume=64 overlap=24");

// The segmentations are whole already; small objects go only now that their pieces are joined.
run("Reconcile Subvolumes...", "subvolumes=[" + folder + "forward-subvolumes]"
	+ " output=[" + folder + "forward-joined.tif] minVoxels=300");
run("Reconcile Subvolumes...", "subvolumes=[" + folder + "backward-subvolumes]"
	+ " output=[" + folder + "backward-joined.tif] minVoxels=300");

run("Consensus...", "first=[" + folder + "forward-joined.tif]"
	+ " second=[" + folder + "backward-joined.tif] output=[" + folder + "consensus.tif]"
	+ " minVoxels=200");

// Pieces that the network grows into each other become one; objects-merges.csv lists them.
run("Agglomerate FFN Objects...", "images=[" + folder + "tissue/images.tif]"
	+ " segmentation=[" + folder + "consensus.tif] model=[" + folder + "model]"
	+ " output=[" + folder + "objects.tif]");

run("Evaluate...", "segmentation=[" + folder + "objects.tif]"
	+ " truth=[" + folder + "tissue/cells.tif] report=[" + folder + "scores.json] mode=instance");

print(File.openAsString(folder + "scores.json"));
