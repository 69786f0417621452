/**
 * The live watch of one account: {@link org.positionmanager.activities.watch.Permissions} is what
 * it may do, as workflows gave it.
 */
package org.positionmanager.activities.watch;
