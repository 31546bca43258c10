package org.vipdrift.model.balance;

import java.util.Optional;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.haproxy.settings.SampleExpression;

/** What a balancer may look at in a request; asked only by the algorithms that hash. */
public interface RequestFacts {
  IpAddress source();

  /** The request target; empty outside of HTTP. */
  Optional<String> target();

  /** The first header field of this name. */
  Optional<String> header(String name);

  /** The cookie of this name in an RDP connection request. */
  Optional<String> rdpCookie(String name);

  /** The body of a POST of form fields, as far as it has come. */
  Optional<String> postedForm();

  /** What a sample expression yields, as it is hashed. */
  Optional<Octets> sample(SampleExpression expression);

  /** A connection of which only the source is known. */
  static RequestFacts ofSource(IpAddress source) {
    return new RequestFacts() {
      @Override
      public IpAddress source() {
        return source;
      }

      @Override
      public Optional<String> target() {
        return Optional.empty();
      }

      @Override
      public Optional<String> header(String name) {
        return Optional.empty();
      }

      @Override
      public Optional<String> rdpCookie(String name) {
        return Optional.empty();
      }

      @Override
      public Optional<String> postedForm() {
        return Optional.empty();
      }

      @Override
      public Optional<Octets> sample(SampleExpression expression) {
        return Optional.empty();
      }
    };
  }
}
