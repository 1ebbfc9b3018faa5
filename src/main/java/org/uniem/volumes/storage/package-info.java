/** What the formats of volumes share: a bounded cache, counted slices, pixels as bytes. */
package org.uniem.volumes.storage;
