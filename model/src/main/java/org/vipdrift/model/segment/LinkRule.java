package org.vipdrift.model.segment;

import java.util.ArrayList;
import java.util.List;

/**
 * A rule for frames on their way between two ports.
 *
 * @param name by which it is removed and blamed; several rules may share one
 */
public record LinkRule(
    String name, Selector from, Selector to, FrameMatch match, Treatment treatment) {
  /** A rule for every frame between all ports. */
  public static LinkRule everywhere(String name, Treatment treatment) {
    return new LinkRule(
        name, new Selector.Everyone(), new Selector.Everyone(), new FrameMatch.Any(), treatment);
  }

  /**
   * Members of different groups do not hear each other; a port in no group hears and reaches all.
   *
   * @param oneWay only frames from an earlier group to a later one are lost
   */
  public static List<LinkRule> partition(String name, List<List<PortId>> groups, boolean oneWay) {
    List<LinkRule> rules = new ArrayList<>();
    for (int from = 0; from < groups.size(); from++) {
      for (int to = oneWay ? from + 1 : 0; to < groups.size(); to++) {
        if (from != to) {
          rules.add(
              new LinkRule(
                  name,
                  new Selector.Ports(groups.get(from)),
                  new Selector.Ports(groups.get(to)),
                  new FrameMatch.Any(),
                  new Treatment.Drop()));
        }
      }
    }
    return List.copyOf(rules);
  }

  /** Gratuitous ARP and unsolicited neighbour advertisements get lost. */
  public static LinkRule loseGarp(String name, Selector from, Selector to) {
    return new LinkRule(name, from, to, new FrameMatch.Garp(), new Treatment.Drop());
  }
}
