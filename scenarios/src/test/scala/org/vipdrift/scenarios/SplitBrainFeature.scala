package org.vipdrift.scenarios

import org.scalatest.GivenWhenThen
import org.scalatest.featurespec.AnyFeatureSpec
import org.scalatest.matchers.should.Matchers
import org.vipdrift.model.verdict.Outcome

class SplitBrainFeature extends AnyFeatureSpec with GivenWhenThen with Matchers {
  private val Vip = "20.0.0.100"

  info("As the operator of a pair")
  info("I want to see what a firewall that works one way does to it")
  info("So that I know what a second heartbeat is worth")

  Feature("A firewall that drops VRRP one way splits the pair") {
    Scenario("The backup does not hear the master") {
      Given("a pair with one heartbeat, the address on nginx1")
      val run = CatalogueRun.of("firewall-backup-in")
      run.holders(Vip, 9) shouldBe Set("nginx1")

      When("at 10 s the firewall of nginx2 drops VRRP on its way in")
      Then("nginx2 believes the master dead and takes the address: both have it")
      run.holders(Vip, 15) shouldBe Set("nginx1", "nginx2")

      And("that lasts until the rule is gone at 20 s")
      val Seq((from, to)) = run.splitBrains(Vip)
      from should be(13.15 +- 0.2)
      to should be(20.15 +- 0.2)
      run.holders(Vip, 21) shouldBe Set("nginx1")

      And("the scenario claims this split-brain, so that its verdict holds")
      run.verdict.overall shouldBe Outcome.HOLDS
    }

    Scenario("Nobody claims the split-brain") {
      Given("the same pair and firewall, and no expectation that speaks of a split-brain")
      val unclaimed = CatalogueRun.load("firewall-backup-in").withExpectations(java.util.List.of())

      When("it is run")
      val run = CatalogueRun.of(unclaimed)

      Then("the verdict is broken, and tells the chain of causes from the rule on")
      run.verdict.overall shouldBe Outcome.BROKEN
      val broken = run.verdict.invariants.stream.filter(_.outcome == Outcome.BROKEN).toList
      broken should not be empty
      broken.get(0).causes should not be empty
    }
  }

  Feature("A second heartbeat over a link of its own keeps the pair together") {
    Scenario("The same firewall, and a second link") {
      Given("a pair whose instances on two links are in one sync group")
      val run = CatalogueRun.of("second-heartbeat-link")
      run.holders(Vip, 9) shouldBe Set("nginx1")

      When("from 10 s to 20 s the firewall of nginx2 drops VRRP on the first link")
      Then("the second heartbeat still arrives, and nothing moves")
      (10 until 25).foreach(second => run.holders(Vip, second) shouldBe Set("nginx1"))
      run.splitBrains(Vip) shouldBe empty

      And("when nginx1 really dies at 25 s, nginx2 takes the address")
      run.holders(Vip, 29) shouldBe Set("nginx2")
      run.verdict.overall shouldBe Outcome.HOLDS
    }

    Scenario("What it cannot prevent") {
      Given("the same pair with two heartbeats")
      When("the firewall of nginx2 drops VRRP on both links")
      val run = CatalogueRun.of("second-heartbeat-both-blocked")

      Then("both machines have the address again")
      run.splitBrains(Vip) should not be empty
    }
  }
}
