/** The command line {@code pm}: {@link org.positionmanager.starter.Pm} is its main class. */
package org.positionmanager.starter;
