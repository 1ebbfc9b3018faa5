/**
 * Networks in a process of their own: starts a Java with only the suite's libraries, hands it work
 * through pipes, and turns every way in which it can end into a result, a cancel or one sentence.
 *
 * <p>Fiji, with its windows and unsaved images, then survives a crash of native code, a shortage of
 * memory and another suite's TensorFlow on its class path. A worker ends when its input closes or
 * its parent dies, however it dies.
 */
package org.uniem.commands.worker;
