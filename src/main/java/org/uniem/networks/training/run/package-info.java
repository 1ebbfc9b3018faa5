/** The frame of a training, whatever the kind of network: loop, clock, files, status, log. */
package org.uniem.networks.training.run;
