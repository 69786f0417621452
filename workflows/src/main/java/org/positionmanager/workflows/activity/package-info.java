/**
 * What a position's workflow may ask of the world. Every activity may run more than once; a failure
 * to read is a failed activity, never an empty answer.
 */
package org.positionmanager.workflows.activity;
