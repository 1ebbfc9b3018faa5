/** A generator of EM-like tissue with ground truth, for the demo, tests and benchmarks. */
package org.uniem.volumes.phantom;
