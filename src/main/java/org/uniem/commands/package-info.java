/**
 * SciJava commands and the command line: thin layers that check parameters, call one function below
 * and publish its files.
 *
 * <p>A command is a subclass of {@link org.uniem.commands.execution.UniEmCommand} with a kebab-case
 * plugin name; its annotated fields are its parameters in the Fiji dialog, in macros and on the
 * command line alike. Parameter names are frozen once released.
 *
 * <p>Each group of the menu has a room of its own ({@code data}, {@code networks}, {@code
 * floodfilling}, {@code postprocess}, {@code objects}, {@code scores}, {@code view}) and imports no
 * other group. All stand on {@code execution}, {@code dialogs}, {@code parameters}, {@code
 * progress}, {@code worker} and {@code report}; {@code help}, whose demo runs several commands,
 * stands above the groups. Here is the command line alone.
 */
package org.uniem.commands;
