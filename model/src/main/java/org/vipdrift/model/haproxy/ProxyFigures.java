package org.vipdrift.model.haproxy;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a proxy's data plane has counted, by name.
 *
 * @param frontends of every proxy that accepts connections
 * @param backends of every proxy that forwards
 */
public record ProxyFigures(
    SortedMap<String, Counters> frontends, SortedMap<String, BackendCounters> backends) {
  public static final ProxyFigures NONE = new ProxyFigures(new TreeMap<>(), new TreeMap<>());

  public ProxyFigures {
    frontends = Collections.unmodifiableSortedMap(new TreeMap<>(frontends));
    backends = Collections.unmodifiableSortedMap(new TreeMap<>(backends));
  }

  /**
   * Of a backend.
   *
   * @param own of the backend as a whole
   * @param servers in the order of the configuration
   */
  public record BackendCounters(Counters own, List<Counters> servers) {
    public BackendCounters {
      servers = List.copyOf(servers);
    }
  }

  /**
   * The columns of {@code show stat} that traffic moves, named as there; those that do not apply
   * are 0.
   */
  public record Counters(
      long qcur,
      long qmax,
      long scur,
      long smax,
      long stot,
      long bin,
      long bout,
      long dreq,
      long dresp,
      long ereq,
      long econ,
      long eresp,
      long wretr,
      long wredis,
      long lbtot,
      long rate,
      long rateMax,
      long status1xx,
      long status2xx,
      long status3xx,
      long status4xx,
      long status5xx,
      long statusOther,
      long requestRate,
      long requestRateMax,
      long requests,
      long clientAborts,
      long serverAborts,
      long connections) {
    public static final Counters ZERO =
        new Counters(
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
}
