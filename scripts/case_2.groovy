// Case 2: from labelled cells to all cells of a volume, with a flood-filling network.
//
// In Fiji: open this file in the script editor and press Run, or
//   fiji --headless --run scripts/case_2.groovy 'folder="/path/of/a/new/folder"'
//
// The steps and numbers are those of Case_2.ijm, which says how to go on to images of your own.

#@ File (label = "Folder for the results", style = "directory") folder
#@ CommandService commands

import org.uniem.commands.scores.Evaluate
import org.uniem.commands.floodfilling.FfnAgglomerate
import org.uniem.commands.floodfilling.FfnConsensus
import org.uniem.commands.floodfilling.FfnReconcile
import org.uniem.commands.floodfilling.FfnSegment
import org.uniem.commands.floodfilling.FfnTrain
import org.uniem.commands.data.MakePhantom

/** Runs a command, waits for it and stops the script if it failed. */
def run(commands, type, Map parameters) {
    def module = commands.run(type, true, parameters).get()
    if (module.isCanceled()) {
        throw new RuntimeException(module.getCancelReason())
    }
    return module
}

def at = { name -> new File(folder, name) }

// Two pieces of tissue: one to learn from, and one never seen.
run(commands, MakePhantom, [
    output: at("training"), seed: 1L, width: 96, height: 96, depth: 16,
    sliceThicknessNm: 20.0d, noise: 0.2d, contrastVariation: 0.2d, mitochondria: 0.0d])
run(commands, MakePhantom, [
    output: at("tissue"), seed: 2L, width: 96, height: 96, depth: 16,
    sliceThicknessNm: 20.0d, noise: 0.2d, contrastVariation: 0.2d, mitochondria: 0.0d])

run(commands, FfnTrain, [
    images: at("training/images.tif"), labels: at("training/cells.tif"), model: at("model"),
    preset: "small-anisotropic", fov: "7,7,5", deltas: "2,2,1", depth: 2, features: 8,
    steps: 800L, minObjectVoxels: 300L, validateEvery: 400, seed: 1L])

// Mergers depend on which object is grown first: both orders, and what they agree on.
run(commands, FfnSegment, [
    images: at("tissue/images.tif"), model: at("model"), output: at("forward.tif"),
    seeds: "slice-peaks", minVoxels: 100, subvolume: "64", overlap: "24"])
run(commands, FfnSegment, [
    images: at("tissue/images.tif"), model: at("model"), output: at("backward.tif"),
    seeds: "slice-peaks", reverse: true, minVoxels: 100, subvolume: "64", overlap: "24"])

// The segmentations are whole already; small objects go only now that their pieces are joined.
run(commands, FfnReconcile, [
    subvolumes: at("forward-subvolumes"), output: at("forward-joined.tif"), minVoxels: 300L])
run(commands, FfnReconcile, [
    subvolumes: at("backward-subvolumes"), output: at("backward-joined.tif"), minVoxels: 300L])

run(commands, FfnConsensus, [
    first: at("forward-joined.tif"), second: at("backward-joined.tif"),
    output: at("consensus.tif"), minVoxels: 200L])

// Pieces that the network grows into each other become one; objects-merges.csv lists them.
run(commands, FfnAgglomerate, [
    images: at("tissue/images.tif"), segmentation: at("consensus.tif"), model: at("model"),
    output: at("objects.tif")])

run(commands, Evaluate, [
    segmentation: at("objects.tif"), truth: at("tissue/cells.tif"), report: at("scores.json"),
    mode: "instance"])

println at("scores.json").text
