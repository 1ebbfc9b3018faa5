/** The filters of Zarr that change numbers before they are compressed: from bytes to bytes. */
package org.uniem.volumes.codecs.numbers;
