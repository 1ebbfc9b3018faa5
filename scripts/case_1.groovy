// Case 1: from a few painted slices to labelled and measured mitochondria, on a sample image.
//
// In Fiji: open this file in the script editor and press Run, or
//   fiji --headless --run scripts/case_1.groovy 'folder="/path/of/a/new/folder"'
//
// The steps and numbers are those of Case_1.ijm. Images and labels are titles of open images or
// paths of TIFF stacks or folders of slices. To work on images of your own, put them in the place
// of the phantom, and set slices to the ones you painted, counted from 0; leave slices out if you
// painted all of them.

#@ File (label = "Folder for the results", style = "directory") folder
#@ CommandService commands

import org.uniem.commands.scores.Evaluate
import org.uniem.commands.postprocess.LabelObjects
import org.uniem.commands.data.OpenPhantomImages
import org.uniem.commands.data.OpenPhantomLabels
import org.uniem.commands.networks.Predict
import org.uniem.commands.networks.TrainNetwork

/** Runs a command, waits for it and stops the script if it failed. */
def run(commands, type, Map parameters) {
    def module = commands.run(type, true, parameters).get()
    if (module.isCanceled()) {
        throw new RuntimeException(module.getCancelReason())
    }
    return module
}

run(commands, OpenPhantomImages, [:])
run(commands, OpenPhantomLabels, [:])
def images = new File("phantom.tif")
def labels = new File("phantom-labels.tif")
def model = new File(folder, "model")
def probability = new File(folder, "probability.tif")
def objects = new File(folder, "objects.tif")
def scores = new File(folder, "scores.json")

run(commands, TrainNetwork, [
    images: images, labels: labels, model: model, slices: "4,12,20", steps: 300L, seed: 1L,
    patchSize: 128])

run(commands, Predict, [images: images, model: model.path, output: probability])

run(commands, LabelObjects, [
    images: probability, threshold: 0.5d, minVoxels: 100L, output: objects])

// The slices that were not painted tell how good the network is.
run(commands, Evaluate, [
    segmentation: objects, truth: labels, report: scores, mode: "instance",
    slices: "0-3,5-11,13-19,21-23"])

println scores.text
