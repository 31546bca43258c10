package org.vipdrift.scenarios

import org.scalatest.GivenWhenThen
import org.scalatest.featurespec.AnyFeatureSpec
import org.scalatest.matchers.should.Matchers
import org.vipdrift.model.trace.TraceDetail.{ProcessChange, ProcessChanged, ScriptResult}
import org.vipdrift.model.verdict.Outcome

class NginxPairFeature extends AnyFeatureSpec with GivenWhenThen with Matchers {
  private val Vip = "20.0.0.100"
  private lazy val run = CatalogueRun.of("nginx-pair")

  info("As the operator of two web servers")
  info("I want their address to be where nginx lives")
  info("So that nobody notices when one of them dies")

  Feature("The address drifts to the machine where nginx lives") {
    Scenario("Both machines are well") {
      Given("nginx1 (20.0.0.21, priority 150) and nginx2 (20.0.0.22, priority 100), each with nginx and keepalived")
      run.scenario.hosts should have size 2

      When("both have been running for five seconds")
      Then("the address is on nginx1, and only there")
      run.holders(Vip, 5) shouldBe Set("nginx1")

      And("nginx1 answers the client")
      run.answers("client", 5, 10).distinct shouldBe Seq(Some("nginx1"))
    }

    Scenario("nginx dies on nginx1") {
      Given("a check script that stops keepalived where nginx is dead")
      run.scenario.host("nginx1").orElseThrow().files should contain key "/etc/keepalived/check_nginx.sh"

      When("nginx dies on nginx1 at 10 s")
      val died = run.firstAfter(9, "nginx1") { case p: ProcessChanged =>
        p.process == "nginx" && p.change == ProcessChange.STOPPED
      }
      died.value should be(10.0 +- 0.2)

      Then("the script of nginx1 fails, and keepalived there is stopped by it")
      val failed = run.firstAfter(10, "nginx1") { case s: ScriptResult => !s.status }
      val stopped = run.firstAfter(10, "nginx1") { case p: ProcessChanged =>
        p.process == "keepalived" && p.change == ProcessChange.STOPPED
      }
      failed.orElse(stopped).value should be <= 12.0
      stopped.value should be <= 12.0

      And("the address drifts to nginx2 within five seconds")
      val moved = run.figures(Vip).failovers
      moved should not be empty
      moved.get(0).to shouldBe "nginx2"
      moved.get(0).atNanos / 1e9 should (be > 10.0 and be <= 15.0)

      And("from then on nginx2 answers the client's pings, and nobody else does")
      run.holders(Vip, 15) shouldBe Set("nginx2")
      run.answers("client", 15, 26).distinct shouldBe Seq(Some("nginx2"))
    }

    Scenario("nginx and keepalived return on nginx1") {
      Given("the address on nginx2")
      run.holders(Vip, 25) shouldBe Set("nginx2")

      When("nginx (25 s) and keepalived (26 s) are started again on nginx1")
      Then("the address comes back to nginx1, whose priority is higher")
      run.holders(Vip, 31) shouldBe Set("nginx1")

      And("nginx1 answers the client again")
      run.answers("client", 31, 45).distinct shouldBe Seq(Some("nginx1"))

      And("never was the address on both machines at once")
      run.splitBrains(Vip).filter { case (from, to) => to - from > 0.05 } shouldBe empty

      And("the verdict of the scenario is that everything holds")
      run.verdict.overall shouldBe Outcome.HOLDS
    }
  }

  private implicit class Present[A](option: Option[A]) {
    def value: A = option.getOrElse(fail("it never happened"))
  }
}
