/**
 * Progress, cancelling, parallel work, blocks with halo, and the few exception types of the suite.
 */
package org.uniem.job;
