/** System tests, and the lines between the modules. */
package org.positionmanager.e2e;
