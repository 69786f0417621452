/**
 * The trading story, free of I/O.
 *
 * <ul>
 *   <li>{@code value}, {@code instrument}, {@code identity}, {@code market}, {@code broker}: the
 *       types that everything else is said in.
 *   <li>{@code plan}, {@code rules}: what a position is judged by, and the pure judging.
 *   <li>{@code activity}: what a workflow may ask of the world.
 *   <li>{@code position}: the life of one position.
 * </ul>
 */
package org.positionmanager.workflows;
