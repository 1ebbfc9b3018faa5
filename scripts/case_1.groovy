// Case 1: from a few painted slices to labelled and measured mitochondria.
//
// In Fiji: open this file in the script editor and press Run, or
//   fiji --headless --run scripts/case_1.groovy 'folder="/path/of/a/new/folder"'
//
// To work on images of your own, leave out MakePhantom, set images and labels to your folders
// (or TIFF stacks) and slices to the ones you painted, counted from 0; leave slices out if you
// painted all of them.

#@ File (label = "Folder for the results", style = "directory") folder
#@ CommandService commands

import org.uniem.commands.Evaluate
import org.uniem.commands.LabelObjects
import org.uniem.commands.MakePhantom
import org.uniem.commands.Predict
import org.uniem.commands.TrainNetwork

/** Runs a command, waits for it and stops the script if it failed. */
def run(commands, type, Map parameters) {
    def module = commands.run(type, true, parameters).get()
    if (module.isCanceled()) {
        throw new RuntimeException(module.getCancelReason())
    }
    return module.getOutput("result")
}

def phantom = run(commands, MakePhantom, [output: new File(folder, "phantom"), seed: 1L])
def images = new File(phantom, "images.tif")
def labels = new File(phantom, "mitochondria.tif")

def model = run(commands, TrainNetwork, [
    images: images, labels: labels, model: new File(folder, "model"),
    slices: "4,12,20", minutes: 1.25d, patchSize: 128])

def probability = run(commands, Predict, [
    images: images, model: model.path, output: new File(folder, "probability.tif"), flips: 4])

def objects = run(commands, LabelObjects, [
    images: probability, output: new File(folder, "objects.tif"), threshold: 0.5d, minVoxels: 100L])

// The slices that were not painted tell how good the network is.
def scores = run(commands, Evaluate, [
    segmentation: objects, truth: labels, report: new File(folder, "scores.json"),
    mode: "instance", slices: "0-3,5-11,13-19,21-23"])

println scores.text
