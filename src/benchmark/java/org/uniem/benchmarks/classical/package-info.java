/**
 * Times the suite's classical algorithms on the data that {@code scripts/benchmark-peers} gives to
 * other libraries too. A further one is a {@link org.uniem.benchmarks.classical.Kernel} in {@link
 * org.uniem.benchmarks.classical.Kernels} and a function of the same name in {@code
 * scripts/benchmark-peers.py}.
 */
package org.uniem.benchmarks.classical;
