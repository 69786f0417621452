/** Commands about positions, for people and, with {@code --json}, for machines. */
package org.positionmanager.starter.command;
