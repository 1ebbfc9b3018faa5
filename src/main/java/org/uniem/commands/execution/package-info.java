/** How a command runs: checks, job, network process, provenance and results that open. */
package org.uniem.commands.execution;
