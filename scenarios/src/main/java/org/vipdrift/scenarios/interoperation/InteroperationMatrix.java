package org.vipdrift.scenarios.interoperation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.vipdrift.model.comparison.Course;
import org.vipdrift.model.comparison.CourseComparison;
import org.vipdrift.model.comparison.CourseComparison.Tolerance;
import org.vipdrift.model.scenario.Scenario;

/**
 * Runs cases with every assignment of daemons to hosts, several at a time, and compares each run
 * with the one in which all are keepalived.
 */
public final class InteroperationMatrix {
  /** How far from keepalived's a transition may be. */
  public static final Tolerance TOLERANCE = new Tolerance(Duration.ofMillis(100), 0.05);

  /** Which daemon runs where. */
  public enum Assignment {
    ALL_KEEPALIVED("keepalived, keepalived"),
    VIPDRIFT_FIRST("vipdrift, keepalived"),
    VIPDRIFT_BEHIND("keepalived, vipdrift"),
    ALL_VIPDRIFT("vipdrift, vipdrift");

    private final String title;

    Assignment(String title) {
      this.title = title;
    }

    /** The daemon of the first host, then that of the others. */
    public String title() {
      return title;
    }

    /** Whether a host, counted from 0, runs vipdrift's node. */
    public boolean isVipdrift(int host) {
      return switch (this) {
        case ALL_KEEPALIVED -> false;
        case VIPDRIFT_FIRST -> host == 0;
        case VIPDRIFT_BEHIND -> host > 0;
        case ALL_VIPDRIFT -> true;
      };
    }
  }

  /** Runs a scenario with these daemons to its end; called from several threads at once. */
  @FunctionalInterface
  public interface Runner {
    Course run(Scenario scenario, Assignment assignment);
  }

  /**
   * What became of a case.
   *
   * @param assignment never {@link Assignment#ALL_KEEPALIVED}
   * @param comparison with all keepalived, which is on the left
   */
  public record Result(MatrixCase of, Assignment assignment, CourseComparison comparison) {
    /** Same holders, at times within {@link #TOLERANCE}. */
    public boolean agrees() {
      return comparison.isSameSequence() && comparison.beyond(TOLERANCE).isEmpty();
    }
  }

  private final Runner runner;
  private final int atOnce;

  /**
   * @param atOnce how many clusters run at the same time; they mostly wait
   */
  public InteroperationMatrix(Runner runner, int atOnce) {
    this.runner = runner;
    this.atOnce = atOnce;
  }

  /**
   * Every n-th case, beginning with another one for each part, so that a part has something of
   * every protocol and situation and the parts together have all.
   *
   * @param part 0..parts-1
   */
  public static List<MatrixCase> part(int part, int parts) {
    List<MatrixCase> all = MatrixCase.all();
    List<MatrixCase> chosen = new ArrayList<>();
    for (int i = part; i < all.size(); i += parts) {
      chosen.add(all.get(i));
    }
    return chosen;
  }

  /**
   * Runs cases, each four times.
   *
   * @param told each result once, in the order of the cases
   * @throws IllegalStateException when a run failed
   */
  public void run(List<MatrixCase> cases, Consumer<Result> told) throws InterruptedException {
    try (ExecutorService executor =
        Executors.newFixedThreadPool(
            atOnce, Thread.ofPlatform().name("matrix-", 0).daemon().factory())) {
      List<List<Future<Course>>> courses = new ArrayList<>();
      for (MatrixCase each : cases) {
        Scenario scenario = each.scenario();
        List<Future<Course>> ofCase = new ArrayList<>();
        for (Assignment assignment : Assignment.values()) {
          ofCase.add(executor.submit(() -> runner.run(scenario, assignment)));
        }
        courses.add(ofCase);
      }
      for (int i = 0; i < cases.size(); i++) {
        tell(cases.get(i), courses.get(i), told);
      }
    }
  }

  private static void tell(MatrixCase of, List<Future<Course>> courses, Consumer<Result> told)
      throws InterruptedException {
    try {
      Course keepalived = courses.get(Assignment.ALL_KEEPALIVED.ordinal()).get();
      for (Assignment assignment : Assignment.values()) {
        if (assignment != Assignment.ALL_KEEPALIVED) {
          Course other = courses.get(assignment.ordinal()).get();
          told.accept(new Result(of, assignment, CourseComparison.of(keepalived, other)));
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run of " + of.title() + " failed", e.getCause());
    }
  }
}
