/** What the market says, each reading stamped with when it was true. */
package org.positionmanager.workflows.market;
