package org.vipdrift.model.config.keepalived;

import java.util.LinkedHashMap;
import java.util.Map;

/** What has been defined so far and can be referred to by name. */
final class Definables {
  final Map<String, VrrpScript> scripts = new LinkedHashMap<>();
  final Map<String, TrackFile> files = new LinkedHashMap<>();
  final Map<String, TrackProcess> processes = new LinkedHashMap<>();
  final Map<String, Statement> bfds = new LinkedHashMap<>();
}
