/** What people see on a terminal: aligned tables, colours where a terminal shows them. */
package org.positionmanager.starter.text;
