/**
 * The activities that workflows call, for one account, over the broker ports. Reads of many
 * positions are shared through {@link AccountReads}; {@link Failures} turns what went wrong into
 * typed failures.
 */
package org.positionmanager.activities.trading;
