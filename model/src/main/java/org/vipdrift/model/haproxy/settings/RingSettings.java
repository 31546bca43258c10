package org.vipdrift.model.haproxy.settings;

import java.util.Optional;

/** A {@code ring} section; size in octets. */
public record RingSettings(String name, long size, int maximumLength, Optional<String> format) {}
