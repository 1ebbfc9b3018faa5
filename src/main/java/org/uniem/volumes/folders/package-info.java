/** Folders of many small files, on the disk or inside one file, as chunked formats need them. */
package org.uniem.volumes.folders;
