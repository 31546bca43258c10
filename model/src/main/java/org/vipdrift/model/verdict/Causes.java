package org.vipdrift.model.verdict;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.trace.TraceDetail;
import org.vipdrift.model.trace.TraceDetail.ActionApplied;
import org.vipdrift.model.trace.TraceDetail.ActionHealed;
import org.vipdrift.model.trace.TraceDetail.AdvertDropped;
import org.vipdrift.model.trace.TraceDetail.AdvertReceived;
import org.vipdrift.model.trace.TraceDetail.ProcessChange;
import org.vipdrift.model.trace.TraceDetail.ProcessChanged;
import org.vipdrift.model.trace.TraceDetail.ScriptResult;
import org.vipdrift.model.trace.TraceDetail.VrrpStateChanged;
import org.vipdrift.model.trace.TraceEvent;

/**
 * Which event led to which.
 *
 * <p>Events that change something are kept, the last {@link #KEPT} of them; of all others only the
 * last {@link #RECENT}, unless one of them turns out to have caused a change. A master down timer
 * has no event as its cause but a silence: what is then told is since when an instance had heard
 * nothing, what it had refused in that time, and what had been done to the cluster.
 */
final class Causes {
  static final int KEPT = 16_384;
  static final int RECENT = 2_048;
  private static final int LONGEST_CHAIN = 24;
  private static final int MOST_TALLIES = 1_024;

  /** Adverts refused for one reason. */
  private static final class Tally {
    private final AdvertDropped sample;
    private final String host;
    private long count;
    private long lastNanos;

    Tally(String host, AdvertDropped sample) {
      this.host = host;
      this.sample = sample;
    }
  }

  private record TallyKey(String host, String instance, IpAddress source, String reason) {}

  private record ScriptKey(String host, String script) {}

  /** What a master down timer ran out on; {@code heard} is the last advert before it. */
  private record Silence(Optional<TraceEvent> heard, Optional<String> refused) {}

  private final Narrator narrator;
  private final @Nullable TraceEvent[] recent = new TraceEvent[RECENT];
  private final Map<Long, TraceEvent> kept = new LinkedHashMap<>();
  private final Map<Long, Silence> silences = new LinkedHashMap<>();
  private final List<TraceEvent> interventions = new ArrayList<>();
  private final Map<TallyKey, Tally> tallies = new LinkedHashMap<>();
  private final Map<ScriptKey, ScriptResult> scripts = new LinkedHashMap<>();

  Causes(Narrator narrator) {
    this.narrator = narrator;
  }

  /** Remembers an event for as long as some hundreds of others come; for the frequent sorts. */
  void passing(TraceEvent event) {
    recent[(int) event.id() & RECENT - 1] = event;
  }

  void dropped(TraceEvent event, AdvertDropped drop) {
    passing(event);
    TallyKey key = new TallyKey(event.host(), drop.instance(), drop.source(), drop.dropReason());
    Tally tally = tallies.get(key);
    if (tally == null) {
      if (tallies.size() >= MOST_TALLIES) {
        return;
      }
      tally = new Tally(event.host(), drop);
      tallies.put(key, tally);
    }
    tally.count++;
    tally.lastNanos = event.atNanos();
  }

  void script(TraceEvent event, ScriptResult result) {
    ScriptResult before = scripts.put(new ScriptKey(event.host(), result.script()), result);
    if (result.equals(before)) {
      passing(event);
    } else {
      changed(event);
    }
  }

  /** Remembers an event that changes something, with what led to it. */
  void changed(TraceEvent event) {
    passing(event);
    if (isIntervention(event)) {
      interventions.add(event);
    }
    if (event.detail() instanceof VrrpStateChanged change && change.to().equals("MASTER")) {
      silences.put(event.id(), silenceBefore(event, change));
      trim(silences);
    }
    keepWithCauses(event);
  }

  private void keepWithCauses(TraceEvent event) {
    TraceEvent current = event;
    while (kept.putIfAbsent(current.id(), current) == null) {
      TraceEvent cause = recentEvent(current.cause());
      if (cause == null || cause.id() >= current.id()) {
        break;
      }
      current = cause;
    }
    trim(kept);
  }

  private static <T> void trim(Map<Long, T> map) {
    while (map.size() > KEPT) {
      map.remove(map.keySet().iterator().next());
    }
  }

  private @Nullable TraceEvent recentEvent(long id) {
    TraceEvent event = recent[(int) id & RECENT - 1];
    return event != null && event.id() == id ? event : null;
  }

  /** Something was done to the cluster, or a process came up by itself. */
  private static boolean isIntervention(TraceEvent event) {
    return switch (event.detail()) {
      case ActionApplied a -> true;
      case ActionHealed h -> true;
      case ProcessChanged p ->
          p.change() == ProcessChange.STARTED || p.change() == ProcessChange.RELOADED;
      default -> false;
    };
  }

  private static boolean isAction(TraceEvent event) {
    return event.detail() instanceof ActionApplied || event.detail() instanceof ActionHealed;
  }

  private Silence silenceBefore(TraceEvent event, VrrpStateChanged change) {
    Optional<TraceEvent> heard = Optional.empty();
    for (long id = event.id() - 1; id > 0 && id > event.id() - RECENT; id--) {
      TraceEvent candidate = recentEvent(id);
      if (candidate != null
          && candidate.host().equals(event.host())
          && candidate.detail() instanceof AdvertReceived advert
          && advert.instance().equals(change.instance())) {
        heard = Optional.of(candidate);
        break;
      }
    }
    long sinceNanos = heard.map(TraceEvent::atNanos).orElse(-1L);
    Optional<String> refused = Optional.empty();
    for (Tally tally : tallies.values()) {
      if (tally.host.equals(event.host())
          && tally.sample.instance().equals(change.instance())
          && tally.lastNanos > sinceNanos) {
        String explanation =
            tally.sample.explanation().isEmpty() ? "" : ", " + tally.sample.explanation();
        refused =
            Optional.of(
                "had refused "
                    + Prose.count(tally.count, "advert")
                    + " of "
                    + tally.sample.source()
                    + " ("
                    + Narrator.words(tally.sample.dropReason())
                    + explanation
                    + ")");
      }
    }
    return new Silence(heard, refused);
  }

  /** Everything done to the cluster, by time. */
  List<TraceEvent> interventions() {
    return interventions;
  }

  /** The last intervention in {@code (afterNanos, untilNanos]}. */
  Optional<TraceEvent> lastIntervention(long afterNanos, long untilNanos) {
    for (int i = interventions.size() - 1; i >= 0; i--) {
      long at = interventions.get(i).atNanos();
      if (at <= afterNanos) {
        break;
      }
      if (at <= untilNanos) {
        return Optional.of(interventions.get(i));
      }
    }
    return Optional.empty();
  }

  private Optional<TraceEvent> find(long id) {
    TraceEvent event = kept.get(id);
    return event != null ? Optional.of(event) : Optional.ofNullable(recentEvent(id));
  }

  /** How an event came about, from the first cause to itself; empty if it is not known. */
  List<Link> chain(long eventId) {
    Deque<Link> links = new ArrayDeque<>();
    Optional<TraceEvent> current = find(eventId);
    boolean inferred = false;
    while (current.isPresent() && links.size() < LONGEST_CHAIN) {
      TraceEvent event = current.get();
      tell(links, event, inferred);
      inferred = false;
      if (isAction(event)) {
        break;
      }
      Optional<TraceEvent> cause =
          event.cause() < event.id() ? find(event.cause()) : Optional.empty();
      Optional<Silence> silence = silenceOf(event, cause);
      if (silence.isPresent() && outranked(silence.get(), cause)) {
        links.addFirst(outrankedLink(event, silence.get().heard().orElseThrow()));
        current = cause;
      } else if (silence.isPresent()) {
        links.addFirst(silenceLink(event, silence.get()));
        Optional<TraceEvent> beginning = beginningOf(event, silence.get(), cause);
        inferred = !beginning.equals(cause);
        current = beginning.filter(begun -> begun.id() < event.id());
      } else if (cause.isPresent()) {
        current = cause;
      } else if (event.cause() != TraceEvent.NO_CAUSE) {
        current = Optional.empty();
      } else {
        current = assumedCause(event);
        inferred = true;
      }
    }
    return List.copyOf(links);
  }

  /** The intervention at the beginning of an event's chain. */
  Optional<TraceEvent> root(long eventId) {
    List<Link> chain = chain(eventId);
    return chain.isEmpty()
        ? Optional.empty()
        : find(chain.getFirst().eventId()).filter(Causes::isIntervention);
  }

  /**
   * The kept event by which an address was lost in a stretch, else the first intervention in it.
   */
  Optional<TraceEvent> firstLoss(IpAddress vip, long fromNanos, long toNanos) {
    for (TraceEvent event : kept.values()) {
      if (event.atNanos() >= fromNanos
          && event.atNanos() <= toNanos
          && event.detail() instanceof TraceDetail.VipRemoved removed
          && removed.vip().equals(vip)) {
        return Optional.of(event);
      }
    }
    return firstIntervention(fromNanos, toNanos, _ -> true);
  }

  private Optional<TraceEvent> firstIntervention(
      long fromNanos, long toNanos, Predicate<TraceEvent> condition) {
    for (TraceEvent event : interventions) {
      if (event.atNanos() > toNanos) {
        break;
      }
      if (event.atNanos() >= fromNanos && condition.test(event)) {
        return Optional.of(event);
      }
    }
    return Optional.empty();
  }

  /** An event as a clause. */
  String describe(TraceEvent event) {
    return narrator.phrase(event).sentence();
  }

  private void tell(Deque<Link> links, TraceEvent event, boolean inferred) {
    if (inferred && !links.isEmpty()) {
      Link first = links.removeFirst();
      links.addFirst(new Link(first.eventId(), first.atNanos(), first.sentence(), true));
    }
    links.addFirst(new Link(event.id(), event.atNanos(), narrator.sentence(event), false));
  }

  /** The silence in which a timer made an instance MASTER, if it was that. */
  private Optional<Silence> silenceOf(TraceEvent event, Optional<TraceEvent> cause) {
    Silence silence = silences.get(event.id());
    if (silence == null || cause.isEmpty()) {
      return Optional.ofNullable(silence).filter(s -> event.cause() == TraceEvent.NO_CAUSE);
    }
    TraceEvent armed = cause.get();
    boolean resigned = armed.detail() instanceof AdvertReceived advert && advert.priority() == 0;
    return armed.atNanos() < event.atNanos() && !resigned ? Optional.of(silence) : Optional.empty();
  }

  /** Whether adverts came that did not put the timer off, being of lower priority. */
  private static boolean outranked(Silence silence, Optional<TraceEvent> armed) {
    return armed.isPresent()
        && silence.heard().map(heard -> heard.id() > armed.get().id()).orElse(false);
  }

  private static Link outrankedLink(TraceEvent event, TraceEvent heard) {
    String lower =
        heard.detail() instanceof AdvertReceived advert
            ? "priority " + advert.priority() + " from " + advert.source()
            : "lower priority";
    return new Link(
        heard.id(),
        heard.atNanos(),
        "Until " + Prose.at(event.atNanos()) + " " + event.host() + " heard only " + lower + ".",
        false);
  }

  private static Link silenceLink(TraceEvent event, Silence silence) {
    String heard =
        silence
            .heard()
            .map(e -> "had accepted no advert since " + Prose.at(e.atNanos()))
            .orElse("had accepted no advert at all");
    String refused = silence.refused().map(text -> ": it " + text).orElse("");
    return new Link(
        0,
        silence.heard().map(TraceEvent::atNanos).orElse(0L),
        "By " + Prose.at(event.atNanos()) + " " + event.host() + " " + heard + refused + ".",
        false);
  }

  /** What was done to the cluster when the silence began; else what armed the timer. */
  private Optional<TraceEvent> beginningOf(
      TraceEvent event, Silence silence, Optional<TraceEvent> armed) {
    boolean heard = silence.heard().isPresent();
    long sinceNanos =
        silence.heard().or(() -> armed).map(TraceEvent::atNanos).orElse(Long.MAX_VALUE);
    for (TraceEvent intervention : interventions) {
      if (intervention.atNanos() >= sinceNanos
          && intervention.atNanos() <= event.atNanos()
          && (heard || isAction(intervention))) {
        return Optional.of(intervention);
      }
    }
    return armed
        .filter(cause -> !(cause.detail() instanceof AdvertReceived))
        .or(() -> assumedCause(event));
  }

  /** The first action while a request was under way, else {@link #lastBefore}. */
  private Optional<TraceEvent> assumedCause(TraceEvent event) {
    if (event.detail() instanceof TraceDetail.Request request) {
      long sentNanos = event.atNanos() - request.latency().toNanos();
      Optional<TraceEvent> meanwhile =
          firstIntervention(sentNanos, event.atNanos(), Causes::isAction);
      if (meanwhile.isPresent()) {
        return meanwhile;
      }
    }
    return lastBefore(event);
  }

  /** The last action before an event, else the last start of a process on its host. */
  private Optional<TraceEvent> lastBefore(TraceEvent event) {
    Optional<TraceEvent> started = Optional.empty();
    for (int i = interventions.size() - 1; i >= 0; i--) {
      TraceEvent candidate = interventions.get(i);
      if (candidate.id() >= event.id()) {
        continue;
      }
      if (isAction(candidate)) {
        return Optional.of(candidate);
      }
      if (started.isEmpty() && candidate.host().equals(event.host())) {
        started = Optional.of(candidate);
      }
    }
    return isStart(event.detail()) ? Optional.empty() : started;
  }

  private static boolean isStart(TraceDetail detail) {
    return detail instanceof ProcessChanged process && process.change() == ProcessChange.STARTED;
  }
}
