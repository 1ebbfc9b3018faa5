/** Training: data and patches, augmentation, event files and logs, losses and the training loop. */
package org.uniem.networks.training;
