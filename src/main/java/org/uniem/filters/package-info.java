/** Image → image: filters of slices and of neighbouring slices, and pipelines of them. */
package org.uniem.filters;
