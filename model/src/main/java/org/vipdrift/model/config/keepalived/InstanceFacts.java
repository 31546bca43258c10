package org.vipdrift.model.config.keepalived;

import org.vipdrift.model.frame.IpFamily;

/** What most decisions about an instance depend on, once all of it is read. */
record InstanceFacts(
    InstanceDraft draft,
    GlobalDraft global,
    ProblemLog log,
    boolean strict,
    IpFamily family,
    int version,
    boolean owner) {
  static InstanceFacts of(InstanceDraft draft, GlobalDraft global, ProblemLog log) {
    IpFamily family = draft.family.orElse(IpFamily.IPV4);
    return new InstanceFacts(
        draft,
        global,
        log,
        draft.strict.orElse(global.strict),
        family,
        family == IpFamily.IPV6 ? 3 : draft.version.orElse(global.version),
        draft.priority.orElse(draft.stateMaster ? 255 : 100) == 255);
  }

  void warn(String code, String keyword, String message) {
    log.warning(code, "(" + draft.name + ") " + message, draft.at(keyword));
  }
}
