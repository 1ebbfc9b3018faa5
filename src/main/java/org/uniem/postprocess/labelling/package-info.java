/**
 * Instance labels from probability maps: threshold, connected components, size filter, sequential
 * ids.
 */
package org.uniem.postprocess.labelling;
