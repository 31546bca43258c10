package org.vipdrift.scenarios

import java.nio.file.Path
import java.time.Duration
import scala.collection.mutable.ListBuffer
import scala.jdk.CollectionConverters._
import scala.jdk.OptionConverters._
import org.vipdrift.model.frame.IpAddress
import org.vipdrift.model.node.{NodeReading, TakeoverBound}
import org.vipdrift.model.scenario.Host.KeepalivedProcess
import org.vipdrift.model.scenario.Scenario
import org.vipdrift.model.trace.{TraceDetail, TraceEvent}
import org.vipdrift.model.verdict.Figures.VipFigures
import org.vipdrift.model.verdict.{Circumstances, Judge, Span, Verdict}
import org.vipdrift.scenarios.file.ScenarioFolder
import org.vipdrift.simulator.SimulatedTestbed

/** One run of a scenario of the catalogue, as a feature tells it: moments are seconds. */
final class CatalogueRun private (
    val scenario: Scenario,
    val events: Seq[TraceEvent],
    val verdict: Verdict
) {
  def figures(vip: String): VipFigures = verdict.figures.vip(IpAddress.of(vip)).orElseThrow()

  /** Who has the address at a moment. */
  def holders(vip: String, at: Double): Set[String] =
    figures(vip).holds.asScala.filter(hold => contains(hold.span, at)).map(_.host).toSet

  /** Stretches with two holders or more: from, to. */
  def splitBrains(vip: String): Seq[(Double, Double)] =
    figures(vip).splitBrain.asScala.map(s => (seconds(s.fromNanos), seconds(s.toNanos))).toSeq

  /** Who answered the client's pings that ended in an interval; None where nobody did. */
  def answers(client: String, from: Double, to: Double): Seq[Option[String]] =
    events.collect {
      case event if isPing(event, client) && seconds(event.atNanos) >= from && seconds(event.atNanos) < to =>
        event.detail.asInstanceOf[TraceDetail.Ping].holder.toScala
    }

  /** Who served the client's requests that ended in an interval; None where nobody did. */
  def served(client: String, from: Double, to: Double): Seq[Option[String]] =
    requests(client, from, to).map(_.server.toScala)

  /** Which host answered for the address in these requests; None where none did. */
  def requestHolders(client: String, from: Double, to: Double): Seq[Option[String]] =
    requests(client, from, to).map(_.holder.toScala)

  private def requests(client: String, from: Double, to: Double): Seq[TraceDetail.Request] =
    events.filter(e => seconds(e.atNanos) >= from && seconds(e.atNanos) < to).map(_.detail).collect {
      case request: TraceDetail.Request if request.client == client => request
    }

  /** When an event of this sort first happened on the host after a moment. */
  def firstAfter(moment: Double, host: String)(which: PartialFunction[TraceDetail, Boolean]): Option[Double] =
    events
      .find(e =>
        e.host == host && seconds(e.atNanos) >= moment && which.applyOrElse(e.detail, (_: TraceDetail) => false)
      )
      .map(e => seconds(e.atNanos))

  private def isPing(event: TraceEvent, client: String): Boolean =
    event.host == client && event.detail.isInstanceOf[TraceDetail.Ping]

  private def contains(span: Span, at: Double): Boolean =
    seconds(span.fromNanos) <= at && at < seconds(span.toNanos)

  private def seconds(nanos: Long): Double = nanos / 1e9
}

object CatalogueRun {
  private val Catalogue = Path.of("catalogue")
  private val Seed = 1L

  def load(name: String): Scenario = {
    val loaded = ScenarioFolder.load(Catalogue.resolve(name))
    loaded.scenario.toScala.getOrElse(
      throw new IllegalStateException(s"$name does not load: ${loaded.problems}")
    )
  }

  /** Runs a folder of the catalogue as it is. */
  def of(name: String): CatalogueRun = of(load(name))

  def of(scenario: Scenario): CatalogueRun = {
    val judge = Judge.of(scenario, circumstances(scenario))
    val events = ListBuffer.empty[TraceEvent]
    val testbed = SimulatedTestbed.open()
    try testbed.run(scenario, Seed, event => { judge.accept(event); events += event })
    finally testbed.close()
    new CatalogueRun(scenario, events.toSeq, judge.finish(scenario.until))
  }

  private def circumstances(scenario: Scenario): Circumstances = {
    val nodes = for {
      host <- scenario.hosts.asScala.toSeq
      process <- host.processes.asScala.collect { case k: KeepalivedProcess => k }
    } yield NodeReading.of(
      process.configurationFile,
      process.texts,
      host.interfaces.asScala.map(_.name).asJava
    ) match {
      case accepted: NodeReading.Accepted => accepted.configuration
      case refused: NodeReading.Refused   => throw new IllegalStateException(refused.why)
    }
    val vips = for {
      node <- nodes
      instance <- node.instances.asScala
      address <- instance.settings.installedAddresses.asScala
    } yield address.address
    new Circumstances(Seed, TakeoverBound.slowest(nodes.asJava), vips.distinct.asJava)
  }
}
