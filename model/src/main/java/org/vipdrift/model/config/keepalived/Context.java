package org.vipdrift.model.config.keepalived;

/** The kinds of block, each with its own keywords. */
enum Context {
  TOP,
  GLOBAL_DEFS,
  VRRP_INSTANCE,
  AUTHENTICATION,
  VRRP_SYNC_GROUP,
  VRRP_SCRIPT,
  TRACK_FILE,
  VRRP_TRACK_PROCESS,
  GARP_GROUP,
  TRACK_GROUP,
  BFD_INSTANCE,
  VIRTUAL_SERVER,
  REAL_SERVER,
  HTTP_CHECK,
  URL,
  SIMPLE_CHECK,
  SMTP_CHECK,
  SMTP_HOST,
  DNS_CHECK,
  MISC_CHECK,
  UDP_CHECK,
  BFD_CHECK,
  FILE_CHECK,
  SSL,
  /** Lines without keywords: addresses, names, routes. */
  LIST
}
