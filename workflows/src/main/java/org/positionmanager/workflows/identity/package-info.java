/** Who is who: accounts, executions, positions and orders by types, never by bare strings. */
package org.positionmanager.workflows.identity;
