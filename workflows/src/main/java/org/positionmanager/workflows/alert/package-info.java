/** What people are told of: {@link org.positionmanager.workflows.alert.AlertKind}. */
package org.positionmanager.workflows.alert;
