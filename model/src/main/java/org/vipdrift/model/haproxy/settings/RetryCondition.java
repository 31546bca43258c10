package org.vipdrift.model.haproxy.settings;

/** What {@code retry-on} retries after. */
public enum RetryCondition {
  CONN_FAILURE,
  EMPTY_RESPONSE,
  JUNK_RESPONSE,
  RESPONSE_TIMEOUT,
  ZERO_RTT_REJECTED,
  STATUS_401,
  STATUS_403,
  STATUS_404,
  STATUS_408,
  STATUS_425,
  STATUS_500,
  STATUS_501,
  STATUS_502,
  STATUS_503,
  STATUS_504
}
