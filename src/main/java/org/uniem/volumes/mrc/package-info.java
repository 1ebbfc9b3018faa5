/** MRC files of electron tomography, as IMOD, SerialEM and FEI's programs write them. */
package org.uniem.volumes.mrc;
