package org.uniem.networks.architecture;

/**
 * A whole number that shapes an architecture.
 *
 * @param name as given by the user, for example {@code "depth"}
 * @param defaultValue value where the user gives none
 * @param min smallest allowed value
 * @param max largest allowed value
 * @param description what it does, for people
 */
public record ArchitectureOption(
    String name, int defaultValue, int min, int max, String description) {}
