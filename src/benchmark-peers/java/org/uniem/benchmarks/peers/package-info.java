/** The same layers in PyTorch and ONNX Runtime; built with the Maven profile {@code peers} only. */
package org.uniem.benchmarks.peers;
