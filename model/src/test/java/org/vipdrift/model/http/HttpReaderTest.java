package org.vipdrift.model.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.vipdrift.model.frame.Octets;
import org.vipdrift.model.http.HttpReader.Found;

class HttpReaderTest {
  private static Octets octets(String text) {
    return Octets.adopt(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static List<Found> all(HttpReader reader) {
    List<Found> found = new ArrayList<>();
    while (true) {
      Found next = reader.next();
      if (next instanceof Found.Incomplete) {
        return found;
      }
      found.add(next);
      if (next instanceof Found.Malformed) {
        return found;
      }
    }
  }

  private static List<Found> read(HttpReader reader, String text) {
    reader.add(octets(text));
    return all(reader);
  }

  private static HttpRequest request(String text) {
    return (HttpRequest) ((Found.Whole) read(HttpReader.ofRequests(), text).getFirst()).message();
  }

  private static HttpResponse response(String text) {
    HttpReader reader = HttpReader.ofResponses();
    reader.add(octets(text));
    reader.end();
    return (HttpResponse) ((Found.Whole) all(reader).getFirst()).message();
  }

  @Nested
  class Requests {
    @Test
    void aGetHasNoBody() {
      HttpRequest request =
          request("GET /a?b=c HTTP/1.1\r\nHost: vip\r\nX-Empty:\r\nAccept:  */* \r\n\r\n");
      assertThat(request.method()).isEqualTo("GET");
      assertThat(request.path()).isEqualTo("/a");
      assertThat(request.query()).contains("b=c");
      assertThat(request.headers())
          .isEqualTo(HttpHeaders.of("Host", "vip", "X-Empty", "", "Accept", "*/*"));
      assertThat(request.isPersistent()).isTrue();
    }

    @Test
    void aBodyOfGivenLengthIsCut() {
      HttpReader reader = HttpReader.ofRequests();
      List<Found> found =
          read(
              reader,
              "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.0\nHost: x\n\nGET");
      assertThat(found).hasSize(2);
      assertThat(((Found.Whole) found.getFirst()).message().body()).isEqualTo(octets("abc"));
      assertThat(((Found.Whole) found.get(1)).message().isPersistent()).isFalse();
      assertThat(reader.hasRest()).isTrue();
    }

    @Test
    void chunksAreJoinedAndTrailersDropped() {
      HttpRequest request =
          request(
              "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + "4;ext=1\r\nWiki\r\nA\r\npedia 3456\r\n0\r\nX-Trailer: 1\r\n\r\n");
      assertThat(request.body()).isEqualTo(octets("Wikipedia 3456"));
    }

    @Test
    void whatIsNoRequestIsMalformed() {
      for (String text :
          List.of(
              "GARBAGE\r\n\r\n",
              "GET / HTTP/2.0\r\n\r\n",
              "GET /a b HTTP/1.1\r\n\r\n",
              "GET / HTTP/1.1\r\nno colon\r\n\r\n",
              "GET / HTTP/1.1\r\nBlank : x\r\n\r\n",
              "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
              "GET / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n",
              "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
              "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
              "GET /" + "a".repeat(HttpReader.LARGEST_HEAD) + " HTTP/1.1\r\n\r\n")) {
        assertThat(read(HttpReader.ofRequests(), text))
            .as(text)
            .hasSize(1)
            .first()
            .isInstanceOf(Found.Malformed.class);
      }
    }
  }

  @Nested
  class Responses {
    @Test
    void withoutLengthABodyEndsWithTheConnection() {
      HttpReader reader = HttpReader.ofResponses();
      assertThat(read(reader, "HTTP/1.0 200 OK\r\n\r\nsome ")).isEmpty();
      assertThat(reader.hasHead()).isTrue();
      reader.add(octets("text"));
      reader.end();
      assertThat(((Found.Whole) reader.next()).message().body()).isEqualTo(octets("some text"));
    }

    @Test
    void theAnswerToHeadHasNoBody() {
      HttpReader reader = HttpReader.ofResponses();
      reader.expectNoBody();
      List<Found> found =
          read(
              reader,
              "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
                  + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
      assertThat(found).hasSize(2);
      assertThat(((Found.Whole) found.getFirst()).message().body()).isEqualTo(Octets.EMPTY);
      assertThat(((HttpResponse) ((Found.Whole) found.get(1)).message()).bodyText())
          .isEqualTo("hi");
    }

    @Test
    void anInterimResponseDoesNotUseUpTheMissingBody() {
      HttpReader reader = HttpReader.ofResponses();
      reader.expectNoBody();
      assertThat(
              read(
                  reader,
                  "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"))
          .hasSize(2);
    }

    @Test
    void reasonsMayBeEmptyAndHaveBlanks() {
      assertThat(response("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n").reason())
          .isEqualTo("Not Found");
      assertThat(response("HTTP/1.1 204\r\n\r\n").reason()).isEmpty();
      assertThat(response("HTTP/1.1 204 \r\n\r\n").reason()).isEmpty();
    }

    @Test
    void aStatusHasThreeDigits() {
      for (String status : List.of("20", "2000", "abc", "099", "")) {
        assertThat(read(HttpReader.ofResponses(), "HTTP/1.1 " + status + " OK\r\n\r\n"))
            .as(status)
            .first()
            .isInstanceOf(Found.Malformed.class);
      }
    }
  }

  @Nested
  class Writing {
    @Test
    void aChunkedMessageIsWrittenInChunks() {
      HttpHeaders chunked = HttpHeaders.of("Transfer-Encoding", "chunked");
      HttpResponse response =
          new HttpResponse(HttpVersion.HTTP_1_1, 200, "OK", chunked, octets("hello world 123456"));
      assertThat(response.toString())
          .isEqualTo(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + "12\r\nhello world 123456\r\n0\r\n\r\n");
      assertThat(response(response.toString())).isEqualTo(response);
    }

    @Test
    void ofAnEmptyChunkedBodyOnlyTheLastChunkIsWritten() {
      HttpHeaders chunked = HttpHeaders.of("Transfer-Encoding", "chunked");
      HttpResponse response =
          new HttpResponse(HttpVersion.HTTP_1_1, 200, "OK", chunked, Octets.EMPTY);
      assertThat(response.toString()).endsWith("\r\n\r\n0\r\n\r\n");
      assertThat(new String(response.encodeHead().toByteArray(), StandardCharsets.ISO_8859_1))
          .endsWith("chunked\r\n\r\n");
    }
  }

  /** A stream of messages, some of them broken, that only depends on the seed. */
  private static byte[] stream(Random random, boolean requests) {
    StringBuilder text = new StringBuilder();
    int messages = 1 + random.nextInt(5);
    for (int at = 0; at < messages; at++) {
      text.append(requests ? "POST /" + at + " HTTP/1.1\r\n" : "HTTP/1.1 200 OK\r\n");
      int length = random.nextInt(2_000);
      if (random.nextBoolean()) {
        text.append("Content-Length: ").append(length).append("\r\n\r\n").repeat('x', length);
      } else {
        text.append("Transfer-Encoding: chunked\r\n\r\n");
        while (length > 0) {
          int chunk = 1 + random.nextInt(length);
          text.append(Integer.toHexString(chunk)).append("\r\n").repeat('y', chunk);
          text.append("\r\n");
          length -= chunk;
        }
        text.append("0\r\n\r\n");
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    for (int broken = random.nextInt(3); broken > 0; broken--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  @Property(tries = 300)
  void anySplitOfAStreamGivesTheSameMessages(@ForAll int seed, @ForAll boolean requests) {
    Random random = new Random(seed);
    byte[] stream = stream(random, requests);
    HttpReader whole = requests ? HttpReader.ofRequests() : HttpReader.ofResponses();
    whole.add(Octets.copyOf(stream));
    whole.end();
    HttpReader pieces = requests ? HttpReader.ofRequests() : HttpReader.ofResponses();
    List<Found> found = new ArrayList<>();
    int at = 0;
    while (at < stream.length && !endsBroken(found)) {
      int end = Math.min(stream.length, at + 1 + random.nextInt(random.nextInt(400) + 1));
      pieces.add(Octets.copyOf(java.util.Arrays.copyOfRange(stream, at, end)));
      found.addAll(all(pieces));
      at = end;
    }
    pieces.end();
    if (!endsBroken(found)) {
      found.addAll(all(pieces));
    }
    assertThat(found).isEqualTo(all(whole));
  }

  private static boolean endsBroken(List<Found> found) {
    return !found.isEmpty() && found.getLast() instanceof Found.Malformed;
  }

  @Property(tries = 500)
  void randomOctetsNeverThrow(
      @ForAll byte[] octets, @ForAll boolean requests, @ForAll @IntRange(max = 3) int lead) {
    String start =
        switch (lead) {
          case 0 -> "";
          case 1 -> requests ? "GET / HTTP/1.1\r\n" : "HTTP/1.1 200 OK\r\n";
          case 2 -> requests ? "GET " : "HTTP/1.1 ";
          default ->
              (requests ? "GET / HTTP/1.1\r\n" : "HTTP/1.1 200 OK\r\n")
                  + "Transfer-Encoding: chunked\r\n\r\n";
        };
    HttpReader reader = requests ? HttpReader.ofRequests() : HttpReader.ofResponses();
    reader.add(octets(start));
    reader.add(Octets.copyOf(octets));
    reader.end();
    assertThat(all(reader).size()).isLessThanOrEqualTo(octets.length + 1);
  }
}
