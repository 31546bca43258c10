package org.vipdrift.model.config.haproxy;

/** Where a sample is used: the bits of a fetch that must not all be missing. */
enum Place {
  TCP_REQUEST_CONNECTION(1),
  TCP_REQUEST_SESSION(1 << 1),
  TCP_REQUEST_CONTENT(1 << 2 | 1 << 6),
  HTTP_REQUEST(1 << 3 | 1 << 7),
  USE_BACKEND(1 << 5),
  USE_SERVER(1 << 9),
  SERVER_SOURCE(1 << 10),
  TCP_RESPONSE(1 << 11 | 1 << 15),
  HTTP_RESPONSE(1 << 12 | 1 << 16),
  STORE(1 << 14),
  LOG(1 << 18),
  CHECK(1 << 19),
  CONFIGURATION(1 << 20);

  private final int bits;

  Place(int bits) {
    this.bits = bits;
  }

  boolean allows(SampleCatalogue.Fetch fetch) {
    return (fetch.places() & bits) != 0;
  }
}
