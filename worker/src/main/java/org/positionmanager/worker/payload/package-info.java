/**
 * What Temporal keeps of us, made unreadable to its operators where that is wanted: payloads are
 * encrypted before they leave the process, by keys that only our processes have.
 */
package org.positionmanager.worker.payload;
