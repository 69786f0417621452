/** {@code pm recover}: begins workflows anew that the engine has lost, and waits for coverage. */
package org.positionmanager.starter.recover;
