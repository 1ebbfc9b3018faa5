/**
 * Surfaces of labelled objects: closed triangle meshes by marching cubes, smoothing, simplification
 * and files.
 */
package org.uniem.annotation.meshes;
