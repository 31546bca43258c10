package org.vipdrift.scenarios.bench;

import java.util.List;

/**
 * Work per CPU second, measured in several rounds.
 *
 * @param rounds in the order of measuring, at least one
 */
public record Rate(List<Double> rounds) {
  public Rate {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("no rounds");
    }
  }

  public double median() {
    List<Double> sorted = sorted();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  public double lowest() {
    return sorted().getFirst();
  }

  public double highest() {
    return sorted().getLast();
  }

  private List<Double> sorted() {
    return rounds.stream().sorted().toList();
  }
}
