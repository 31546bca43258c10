package org.vipdrift.model.config.nginx;

import java.util.List;
import java.util.Optional;
import org.vipdrift.model.config.Problem;
import org.vipdrift.model.nginx.NginxConfiguration;

/**
 * What a parse found.
 *
 * @param configuration what is left when everything that nginx refuses is left out
 * @param statements the whole tree
 * @param problems in the order of the text; an error stands where nginx would refuse to run
 */
public record NginxParse(
    NginxConfiguration configuration, List<NginxStatement> statements, List<Problem> problems) {
  public NginxParse {
    statements = List.copyOf(statements);
    problems = List.copyOf(problems);
  }

  /** Whether nginx 1.22.1 would refuse to run. */
  public boolean isRefused() {
    return problems.stream().anyMatch(Problem::isError);
  }

  /** The first reason to refuse, as nginx says it: {@code reason in file:line}. */
  public Optional<String> refusal() {
    return problems.stream()
        .filter(Problem::isError)
        .findFirst()
        .map(p -> p.message() + " in " + p.span().file() + ":" + p.span().line());
  }
}
