/**
 * {@code pm bench}: the whole system under measurement. {@code SystemDesk} starts every part in a
 * process of its own, {@code SystemBench} runs the stages in order, each gives {@code Row}s.
 */
package org.positionmanager.benchmarks.system;
