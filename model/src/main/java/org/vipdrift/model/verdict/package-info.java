/**
 * What a run means: a fold over its event stream that reads nothing but scenario and events, so
 * that every testbed is judged by the same code and no trace needs to be stored.
 *
 * <p>{@link org.vipdrift.model.verdict.Judge} takes the events and gives a {@link
 * org.vipdrift.model.verdict.Verdict}. It keeps {@link org.vipdrift.model.verdict.Holdings} (who
 * held which address when), {@link org.vipdrift.model.verdict.Outages} (which requests of which
 * client went unanswered), {@link org.vipdrift.model.verdict.RequestLog} (what expectations ask of
 * HTTP requests), {@link org.vipdrift.model.verdict.StrayRequests} (which requests went astray
 * without a recent cause), {@link org.vipdrift.model.verdict.InstanceStates}, {@link
 * org.vipdrift.model.verdict.ServerStates} and {@link org.vipdrift.model.verdict.Causes}; their
 * memory grows with the number of changes, never with time. {@link
 * org.vipdrift.model.verdict.Narrator} puts events into words.
 *
 * <pre>
 *   folds         Holdings (a HoldingHistory each), Outages, InstanceStates, ServerStates, Logbook, Causes
 *   requests      RequestLog (ErrorsWatch, LatencyWatch, ReachesOneWatch, ServedByWatch, StickyWatch),
 *                 StrayRequests (Stray), RequestTally, LatencyHistogram
 *   judging       ExpectationJudge, TrafficJudge, InvariantJudge, Claims; Evidence, Finding
 *   results       Verdict, Judgement, Outcome, Link, Figures (by FigureTable), Span
 *   words         Narrator, Prose, ActionProse, ExpectationProse, RequestProse
 * </pre>
 *
 * <p>Two decisions: a host that is powered off holds nothing, and an address table does not survive
 * it; a paused machine still has the address but can neither answer nor speak, so it is
 * <em>dormant</em>: it counts neither as a holder nor for split-brain until it resumes. A host
 * whose links are down still holds, as on Linux.
 *
 * <p>That each HTTP request reaches one live holder and a healthy server is an {@link
 * org.vipdrift.model.verdict.Invariant} of every run with clients that fetch, and also an
 * expectation for periods. The expectation allows nothing. The invariant, which nobody asked for,
 * allows what every failover costs: until {@link
 * org.vipdrift.model.verdict.Invariant#CALM_FOR_CLIENTS} (or the slowest takeover) has passed since
 * anything was done to the cluster or the address changed its holder, requests may fail; how long
 * they may, an outage expectation bounds. What still fails then is either what the scenario is
 * about, and some expectation should claim it, or something its author overlooked: a server that is
 * never checked, a real server that answers ARP, a queue that is too short. A claim is an {@code
 * outage} or {@code errors} that allows more than none, {@code answered-by} another host, {@code
 * split-brain} or {@code unheld}, for the moment at which the request was sent.
 *
 * <p>Deliberately absent: files, colours, layouts.
 */
@NullMarked
package org.vipdrift.model.verdict;

import org.jspecify.annotations.NullMarked;
