package org.vipdrift.scenarios

import org.scalatest.GivenWhenThen
import org.scalatest.featurespec.AnyFeatureSpec
import org.scalatest.matchers.should.Matchers
import org.vipdrift.model.trace.TraceDetail.{ProcessChange, ProcessChanged}
import org.vipdrift.model.verdict.Outcome

class HaproxyPairFeature extends AnyFeatureSpec with GivenWhenThen with Matchers {
  private val Vip = "20.0.0.100"
  private lazy val run = CatalogueRun.of("haproxy-pair")

  info("As the operator of two load balancers")
  info("I want one address for them, where HAProxy lives")
  info("So that the web servers behind them are reached, whichever of the two dies")

  Feature("The address drifts to the machine where HAProxy lives") {
    Scenario("Both machines are well") {
      Given("test2 (master) and test3, each with HAProxy and keepalived, in front of nginx1 and nginx2")
      run.holders(Vip, 9) shouldBe Set("test2")

      When("curl asks test2 and test3 themselves")
      Then("each of them answers from nginx1 and nginx2 in turn")
      alternates(run.served("curl-test2", 0, 10))
      alternates(run.served("curl-test3", 0, 10))

      And("so does the shared address, which is on test2")
      alternates(run.served("test1", 5, 10).filter(_.isDefined))
      run.requestHolders("test1", 5, 10).distinct shouldBe Seq(Some("test2"))
    }

    Scenario("HAProxy is stopped on test2") {
      Given("a check script on test2 alone, that stops keepalived when HAProxy is gone")
      run.scenario.host("test2").orElseThrow().files should contain key "/etc/keepalived/check_haproxy.sh"
      run.scenario.host("test3").orElseThrow().files shouldBe empty

      When("HAProxy is stopped at 10 s")
      val keepalivedGone = run.firstAfter(10, "test2") { case p: ProcessChanged =>
        p.process == "keepalived" && p.change == ProcessChange.STOPPED
      }
      keepalivedGone should not be empty

      Then("the address is on test3 within five seconds")
      run.figures(Vip).failovers.get(0).to shouldBe "test3"
      run.figures(Vip).failovers.get(0).atNanos / 1e9 should (be > 10.0 and be <= 15.0)

      And("what it answers still alternates")
      alternates(run.served("test1", 15, 29))
      run.requestHolders("test1", 15, 29).distinct shouldBe Seq(Some("test3"))
    }

    Scenario("HAProxy and keepalived return on test2") {
      Then("the address comes back, and every request is answered again")
      run.holders(Vip, 32) shouldBe Set("test2")
      alternates(run.served("test1", 32, 45))

      And("the verdict of the scenario is that everything holds")
      run.verdict.overall shouldBe Outcome.HOLDS
    }
  }

  /** Two servers in turn, without a gap. */
  private def alternates(servers: Seq[Option[String]]): Unit = {
    servers.size should be > 5
    servers.flatten should have size servers.size
    servers.toSet shouldBe Set(Some("nginx1"), Some("nginx2"))
    servers.sliding(2).foreach { case Seq(one, other) => one should not be other }
  }
}
