/**
 * SciJava commands and the command line: thin layers that check parameters, call one function below
 * and publish its files.
 *
 * <p>A command is a subclass of {@link org.uniem.commands.UniEmCommand} with a kebab-case plugin
 * name; its annotated fields are its parameters in the Fiji dialog, in macros and on the command
 * line alike. Parameter names are frozen once released.
 */
package org.uniem.commands;
