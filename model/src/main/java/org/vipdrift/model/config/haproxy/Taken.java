package org.vipdrift.model.config.haproxy;

/** Something read, and the word after it. */
record Taken<T>(T value, int next) {}
