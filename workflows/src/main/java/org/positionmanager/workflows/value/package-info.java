/** Exact decimals with units: nothing here is a bare number, and unlike units do not mix. */
package org.positionmanager.workflows.value;
