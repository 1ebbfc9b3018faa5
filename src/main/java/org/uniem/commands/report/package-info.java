/** Reports as one self-contained HTML page: curves, overlays, tables and command lines. */
package org.uniem.commands.report;
