/** How workflow payloads are written: one mapper, stable names, decimals as text. */
package org.positionmanager.workflows.json;
