package org.vipdrift.model.verdict;

/**
 * One step of a chain of causes.
 *
 * @param eventId the event it tells of; 0 for what no single event shows, such as silence
 * @param inferred whether the step before it was concluded from times instead of recorded
 */
public record Link(long eventId, long atNanos, String sentence, boolean inferred) {}
