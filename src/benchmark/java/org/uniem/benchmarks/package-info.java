/** Times the suite's networks beside the same layers in other engines. */
package org.uniem.benchmarks;
