/** {@code pm demo}: a whole desk on this machine, and a simulated trading day. */
package org.positionmanager.starter.demo;
