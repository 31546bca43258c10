package org.vipdrift.simulator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.http.HttpResponse;
import org.vipdrift.simulator.kernel.HostKernel;
import org.vipdrift.simulator.kernel.tcp.ConnectionHandler.Failure;

class WebServerTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

  private final WebNetwork network = new WebNetwork();
  private HostKernel client;

  @BeforeEach
  void start() {
    client = network.host("client", "20.0.0.10/24");
    network.server("nginx1", "20.0.0.21/24", Duration.ZERO);
  }

  private WebClient connect() {
    return network.connect(client, "20.0.0.21", 80);
  }

  private WebClient ask(String text) {
    WebClient asking = connect();
    asking.send(text);
    network.run(Duration.ofMillis(500));
    return asking;
  }

  @Nested
  class Answers {
    @Test
    void thePageIsWrittenAsNginxWritesIt() {
      assertThat(ask(GET).raw())
          .isEqualTo(
              """
              HTTP/1.1 200 OK\r
              Server: nginx/1.22.1\r
              Date: Thu, 01 Jan 2026 00:00:00 GMT\r
              Content-Type: text/html\r
              Content-Length: 7\r
              Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r
              Connection: keep-alive\r
              ETag: "6955b900-7"\r
              Accept-Ranges: bytes\r
              \r
              nginx1
              """);
    }

    @Test
    void whatIsNotThereIs404WithNginxsPage() {
      assertThat(ask("GET /nope HTTP/1.1\r\nHost: x\r\n\r\n").raw())
          .isEqualTo(
              """
              HTTP/1.1 404 Not Found\r
              Server: nginx/1.22.1\r
              Date: Thu, 01 Jan 2026 00:00:00 GMT\r
              Content-Type: text/html\r
              Content-Length: 153\r
              Connection: keep-alive\r
              \r
              <html>\r
              <head><title>404 Not Found</title></head>\r
              <body>\r
              <center><h1>404 Not Found</h1></center>\r
              <hr><center>nginx/1.22.1</center>\r
              </body>\r
              </html>\r
              """);
    }

    @Test
    void theDateIsThatOfTheHostsWallClock() {
      network.host("nginx1").clock().stepWall(Duration.ofDays(-1));
      network.run(Duration.ofSeconds(59));
      assertThat(ask(GET).answer().headers().first("Date"))
          .contains("Wed, 31 Dec 2025 00:00:59 GMT");
    }

    @Test
    void headHasTheLengthButNoBody() {
      WebClient asking = ask("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(asking.raw()).contains("Content-Length: 7\r\n").endsWith("\r\n\r\n");
    }

    @Test
    void otherMethodsAreNotAllowed() {
      assertThat(ask("OPTIONS / HTTP/1.0\r\n\r\n").outcome()).isEqualTo("405");
      assertThat(ask("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na").outcome())
          .isEqualTo("405");
    }

    @Test
    void whatIsNoRequestIs400AndTheEnd() {
      for (String text : List.of("GARBAGE\r\n\r\n", "GET / HTTP/1.1\r\n\r\n")) {
        WebClient asking = ask(text);
        assertThat(asking.outcome()).as(text).isEqualTo("400");
        assertThat(asking.finished).as(text).isTrue();
      }
    }

    @Test
    void filesOnTheDiskAreServed() {
      network.host("nginx1").files().write(WebSite.ROOT + "/health.json", "{}\n", 0);
      HttpResponse answer = ask("GET /health.json?x HTTP/1.1\r\nHost: x\r\n\r\n").answer();
      assertThat(answer.bodyText()).isEqualTo("{}\n");
      assertThat(answer.headers().first("Content-Type")).contains("application/json");
      network.host("nginx1").files().remove(WebSite.ROOT + "/health.json", 0);
      assertThat(ask("GET /health.json HTTP/1.1\r\nHost: x\r\n\r\n").outcome()).isEqualTo("404");
    }
  }

  @Nested
  class KeepAlive {
    @Test
    void requestsInOneSegmentAreAnsweredInOrder() {
      WebClient asking = ask(GET + "GET /nope HTTP/1.1\r\nHost: x\r\n\r\n" + GET);
      assertThat(asking.answers).extracting(HttpResponse::status).containsExactly(200, 404, 200);
    }

    @Test
    void http10ClosesUnlessItAsksToStay() {
      assertThat(ask("GET / HTTP/1.0\r\n\r\n").finished).isTrue();
      WebClient staying = ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      assertThat(staying.finished).isFalse();
      assertThat(staying.raw()).contains("Connection: keep-alive\r\n");
    }

    @Test
    void anIdleConnectionIsClosedAfter75Seconds() {
      WebClient asking = ask(GET);
      network.run(Duration.ofSeconds(80));
      assertThat(asking.finished).isTrue();
      assertThat((asking.overAt - asking.answeredAt.getFirst()) / 1e9).isCloseTo(75, within(0.01));
    }

    @Test
    void aSilentConnectionIsClosedAfter60Seconds() {
      WebClient silent = connect();
      network.run(Duration.ofSeconds(61));
      assertThat(silent.overAt / 1e9).isCloseTo(60, within(0.01));
    }

    @Test
    void theThousandthRequestIsTheLast() {
      WebClient asking = ask(GET.repeat(1_001));
      assertThat(asking.answers).hasSize(1_000);
      assertThat(asking.answers.getLast().headers().first("Connection")).contains("close");
      assertThat(asking.answers.get(998).headers().first("Connection")).contains("keep-alive");
    }
  }

  @Nested
  class Faults {
    @Test
    void aSlowServerWorksOnManyRequestsAtOnce() {
      network.server("nginx1").slow(Duration.ofMillis(300));
      WebClient first = connect();
      WebClient second = connect();
      first.send(GET);
      second.send(GET);
      network.run(Duration.ofMillis(290));
      assertThat(first.answers).isEmpty();
      network.run(Duration.ofMillis(20));
      assertThat(first.answers).hasSize(1);
      assertThat(second.answers).hasSize(1);
    }

    @Test
    void aShareOfTheRequestsFails() {
      network.server("nginx1").fail(503, 50);
      List<HttpResponse> answers = ask(GET.repeat(100)).answers;
      assertThat(answers.stream().filter(a -> a.status() == 503).count()).isBetween(30L, 70L);
      network.server("nginx1").recover();
      assertThat(ask(GET).outcome()).isEqualTo("nginx1");
    }

    @Test
    void aFrozenServerAnswersWhenItGoesOn() {
      network.server("nginx1").slow(Duration.ofMillis(100));
      WebClient asking = connect();
      asking.send(GET);
      network.run(Duration.ofMillis(50));
      network.host("nginx1").freezeOwner(WebNetwork.PROCESS);
      network.timers.get("nginx1").freeze();
      WebClient late = connect();
      late.send(GET);
      network.run(Duration.ofSeconds(5));
      assertThat(asking.answers).isEmpty();
      assertThat(late.answers).isEmpty();
      network.host("nginx1").thawOwner(WebNetwork.PROCESS);
      network.timers.get("nginx1").thaw();
      network.run(Duration.ofMillis(200));
      assertThat(asking.answers).hasSize(1);
      assertThat(late.answers).hasSize(1);
    }

    @Test
    void aDeadServerRefuses() {
      network.timers.get("nginx1").close();
      network.host("nginx1").closeOwner(WebNetwork.PROCESS);
      assertThat(ask(GET).failure).contains(Failure.REFUSED);
    }
  }

  @Test
  void oneWithoutAPageShowsItsHostAndIsSilentOtherwise() {
    HostKernel database = network.host("db", "20.0.0.30/24");
    WebServer server =
        new WebServer(
            network.timers.get("db"),
            "db",
            java.util.Optional.empty(),
            _ -> java.util.Optional.empty(),
            Duration.ZERO,
            network.random);
    assertThat(server.listen(database.sockets(), WebNetwork.PROCESS, 3306)).isTrue();
    assertThat(server.listen(database.sockets(), WebNetwork.PROCESS, 3306)).isFalse();
    WebClient asking = network.connect(client, "20.0.0.30", 3306);
    asking.send("\0\1binary\r\n\r\n");
    network.run(Duration.ofSeconds(200));
    assertThat(asking.isOver()).isFalse();
    assertThat(network.get(client, "http://20.0.0.30:3306/").outcome()).isEqualTo("db");
  }
}
