package org.vipdrift.model.haproxy.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.vipdrift.model.frame.IpAddress;
import org.vipdrift.model.haproxy.settings.VariableName;
import org.vipdrift.model.http.HttpVersion;

/** The fetches of HAProxy 2.6 that are modelled, by name. */
public final class Fetches {
  private static final Map<String, Function<List<String>, CompiledSample>> TABLE = new TreeMap<>();

  private static final List<String> MATCH_SUFFIXES =
      List.of("_beg", "_end", "_reg", "_dir", "_dom", "_len", "_sub", "_str", "_ip", "_val");

  private Fetches() {}

  /** Whether a fetch has a value here. */
  public static boolean knows(String name) {
    return TABLE.containsKey(name);
  }

  static CompiledSample compile(String name, List<String> arguments) {
    Function<List<String>, CompiledSample> maker = TABLE.get(base(name));
    return maker == null ? _ -> Sample.none() : maker.apply(arguments);
  }

  private static String base(String name) {
    if (TABLE.containsKey(name)) {
      return name;
    }
    for (String suffix : MATCH_SUFFIXES) {
      if (name.endsWith(suffix)) {
        return name.substring(0, name.length() - suffix.length());
      }
    }
    return name;
  }

  private static void plain(CompiledSample sample, String... names) {
    for (String name : names) {
      TABLE.put(name, _ -> sample);
    }
  }

  private static void with(Function<List<String>, CompiledSample> maker, String... names) {
    for (String name : names) {
      TABLE.put(name, maker);
    }
  }

  private static String argument(List<String> arguments, int index) {
    return index < arguments.size() ? arguments.get(index) : "";
  }

  private static CompiledSample ofRequest(Function<EditableRequest, List<Sample>> fetch) {
    return context -> {
      Optional<EditableRequest> request = context.request();
      return request.isPresent() ? fetch.apply(request.get()) : Sample.none();
    };
  }

  private static CompiledSample ofResponse(Function<EditableResponse, List<Sample>> fetch) {
    return context -> {
      Optional<EditableResponse> response = context.response();
      return response.isPresent() ? fetch.apply(response.get()) : Sample.none();
    };
  }

  private static Optional<EditableHeaders> headers(SampleContext context, boolean response) {
    return response
        ? context.response().map(EditableResponse::headers)
        : context.request().map(EditableRequest::headers);
  }

  /** {@code hdr(name,occurrence)}; without an occurrence all of them. */
  private static Function<List<String>, CompiledSample> header(boolean response, boolean whole) {
    return arguments -> {
      String name = argument(arguments, 0).toLowerCase(Locale.ROOT);
      String occurrence = argument(arguments, 1);
      return context -> {
        Optional<EditableHeaders> headers = headers(context, response);
        if (headers.isEmpty() || !headers.get().has(name)) {
          return Sample.none();
        }
        List<String> values = whole ? headers.get().all(name) : headers.get().parts(name);
        return occurrence.isEmpty()
            ? texts(values)
            : occurrence(values, Integer.parseInt(occurrence.strip()));
      };
    };
  }

  private static Function<List<String>, CompiledSample> headerCount(boolean response) {
    return arguments -> {
      String name = argument(arguments, 0).toLowerCase(Locale.ROOT);
      return context ->
          headers(context, response)
              .map(h -> Sample.of(name.isEmpty() ? h.size() : h.parts(name).size()))
              .orElse(Sample.none());
    };
  }

  private static List<Sample> occurrence(List<String> values, int number) {
    int index = number > 0 ? number - 1 : values.size() + number;
    return index >= 0 && index < values.size() ? Sample.of(values.get(index)) : Sample.none();
  }

  private static List<Sample> texts(List<String> values) {
    List<Sample> samples = new ArrayList<>(values.size());
    for (String value : values) {
      samples.add(new Sample.Text(value));
    }
    return samples;
  }

  private static Function<List<String>, CompiledSample> addresses(
      Function<List<String>, CompiledSample> texts) {
    return arguments -> {
      CompiledSample text = texts.apply(arguments);
      return context -> {
        List<Sample> found = new ArrayList<>(1);
        for (Sample each : text.values(context)) {
          each.address().ifPresent(a -> found.add(new Sample.Address(a)));
        }
        return found;
      };
    };
  }

  private static Function<List<String>, CompiledSample> numbers(
      Function<List<String>, CompiledSample> texts) {
    return arguments -> {
      CompiledSample text = texts.apply(arguments);
      return context -> {
        List<Sample> found = new ArrayList<>(1);
        for (Sample each : text.values(context)) {
          each.number().ifPresent(n -> found.add(new Sample.Number(n)));
        }
        return found;
      };
    };
  }

  private static CompiledSample cookie(List<String> arguments) {
    String name = argument(arguments, 0);
    return ofRequest(
        request -> {
          List<Sample> found = new ArrayList<>(1);
          for (String field : request.headers().all("cookie")) {
            for (String pair : field.split(";")) {
              int equals = pair.indexOf('=');
              if (equals > 0
                  && (name.isEmpty() || pair.substring(0, equals).strip().equals(name))) {
                found.add(new Sample.Text(pair.substring(equals + 1).strip()));
              }
            }
          }
          return found;
        });
  }

  private static CompiledSample setCookie(List<String> arguments) {
    String name = argument(arguments, 0);
    return ofResponse(
        response -> {
          for (String field : response.headers().all("set-cookie")) {
            int end = field.indexOf(';');
            String pair = end < 0 ? field : field.substring(0, end);
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
              return Sample.of(pair.substring(equals + 1).strip());
            }
          }
          return Sample.none();
        });
  }

  private static CompiledSample urlParameter(List<String> arguments) {
    String name = argument(arguments, 0);
    String delimiter = argument(arguments, 1).isEmpty() ? "?" : argument(arguments, 1);
    return ofRequest(
        request -> {
          int at = request.target().indexOf(delimiter);
          if (at < 0) {
            return Sample.none();
          }
          for (String pair : request.target().substring(at + 1).split("[&;]")) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).equals(name)) {
              return Sample.of(pair.substring(equals + 1));
            }
          }
          return Sample.none();
        });
  }

  private static Function<List<String>, CompiledSample> ofBackend(
      java.util.function.ToLongBiFunction<LiveFigures, String> figure) {
    return arguments -> {
      String named = argument(arguments, 0);
      return context ->
          Sample.of(
              figure.applyAsLong(
                  context.figures(), named.isEmpty() ? context.backendName() : named));
    };
  }

  private static String[] backendAndServer(SampleContext context, String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? new String[] {context.backendName(), text}
        : new String[] {text.substring(0, slash), text.substring(slash + 1)};
  }

  private static void stored(String figure) {
    with(
        arguments -> {
          String named = argument(arguments, 0);
          return context -> {
            OptionalLong value =
                context
                    .figures()
                    .stored(
                        named.isEmpty() ? context.frontendName() : named,
                        new Sample.Address(context.source()),
                        figure);
            return value.isPresent() ? Sample.of(value.getAsLong()) : Sample.none();
          };
        },
        "src_" + figure);
  }

  private static List<Sample> base(EditableRequest request, String rest) {
    return request.headers().first("host").map(h -> Sample.of(h + rest)).orElse(Sample.of(rest));
  }

  static {
    plain(_ -> Sample.of(true), "always_true");
    plain(_ -> Sample.of(false), "always_false");
    with(a -> _ -> Sample.of(argument(a, 0).matches("1|true|yes|on")), "bool");
    with(
        a -> {
          List<Sample> number = Sample.of(Long.parseLong(argument(a, 0).strip()));
          return _ -> number;
        },
        "int");
    with(a -> _ -> Sample.of(argument(a, 0)), "str", "meth");
    with(addresses(a -> _ -> Sample.of(argument(a, 0))), "ipv4", "ipv6");
    with(
        a -> {
          VariableName name = Variables.name(argument(a, 0));
          return context -> context.variable(name).map(List::of).orElse(Sample.none());
        },
        "var");
    plain(c -> Sample.of(c.source()), "src");
    plain(c -> Sample.of(c.sourcePort()), "src_port");
    plain(c -> Sample.of(c.destination()), "dst");
    plain(c -> Sample.of(c.destinationPort()), "dst_port");
    plain(c -> Sample.of(c.source().equals(c.destination())), "src_is_local");
    requestFetches();
    responseFetches();
    plain(c -> Sample.of(c.isTls()), "ssl_fc");
    plain(c -> Sample.of(c.serverName()), "ssl_fc_sni", "req.ssl_sni", "req_ssl_sni");
    plain(c -> Sample.of(c.serverName().isPresent()), "ssl_fc_has_sni");
    plain(
        c -> c.isTls() ? Sample.of(1L) : Sample.of(0L), "req.ssl_hello_type", "req_ssl_hello_type");
    with(ofBackend(LiveFigures::usableServers), "nbsrv");
    with(ofBackend(LiveFigures::backendConnections), "be_conn");
    with(ofBackend(LiveFigures::queued), "queue");
    with(ofBackend((f, b) -> f.queued(b) / Math.max(1, f.usableServers(b))), "avg_queue");
    with(
        a -> {
          String named = argument(a, 0);
          return c ->
              Sample.of(
                  c.figures().frontendConnections(named.isEmpty() ? c.frontendName() : named));
        },
        "fe_conn");
    with(
        a ->
            c -> {
              String[] both = backendAndServer(c, argument(a, 0));
              OptionalLong value = c.figures().serverConnections(both[0], both[1]);
              return value.isPresent() ? Sample.of(value.getAsLong()) : Sample.none();
            },
        "srv_conn");
    with(
        a ->
            c -> {
              String[] both = backendAndServer(c, argument(a, 0));
              return c.figures().serverIsUp(both[0], both[1]).map(Sample::of).orElse(Sample.none());
            },
        "srv_is_up");
    plain(c -> Sample.of(c.frontendName()), "fe_name");
    plain(c -> Sample.of(c.backendName()), "be_name");
    plain(c -> Sample.of(c.server()), "srv_name");
    plain(c -> Sample.of(c.figures().hostName()), "hostname");
    plain(c -> Sample.of(Math.floorDiv(c.wallNanos(), 1_000_000_000L)), "date");
    plain(_ -> Sample.of(1L), "nbproc");
    for (String figure :
        List.of(
            "conn_cur",
            "conn_cnt",
            "conn_rate",
            "sess_cnt",
            "sess_rate",
            "http_req_cnt",
            "http_req_rate",
            "http_err_cnt",
            "http_err_rate",
            "get_gpc0",
            "get_gpt0")) {
      stored(figure);
    }
  }

  private static void requestFetches() {
    plain(ofRequest(r -> Sample.of(r.path())), "path");
    plain(ofRequest(r -> Sample.of(r.pathWithQuery())), "pathq");
    plain(ofRequest(r -> Sample.of(r.target())), "url", "capture.req.uri");
    plain(
        ofRequest(r -> r.target().indexOf('?') < 0 ? Sample.none() : Sample.of(r.query())),
        "query");
    plain(ofRequest(r -> Sample.of(r.method())), "method", "capture.req.method");
    plain(ofRequest(r -> base(r, r.path())), "base");
    plain(ofRequest(r -> base(r, r.pathWithQuery())), "baseq");
    plain(
        ofRequest(r -> Sample.of(r.version() == HttpVersion.HTTP_1_1 ? "1.1" : "1.0")),
        "req.ver",
        "req_ver");
    plain(ofRequest(r -> Sample.of(r.version().text())), "capture.req.ver");
    plain(c -> Sample.of(c.request().isPresent()), "req.proto_http", "req_proto_http");
    plain(ofRequest(r -> List.of(new Sample.Binary(r.body()))), "req.body");
    plain(ofRequest(r -> Sample.of(r.body().length())), "req.body_len", "req.body_size");
    plain(ofRequest(r -> Sample.of(r.body().length())), "req.len", "req_len");
    with(header(false, false), "hdr", "req.hdr");
    with(header(false, true), "req.fhdr");
    with(headerCount(false), "hdr_cnt", "req.hdr_cnt", "req.fhdr_cnt");
    with(addresses(header(false, false)), "hdr_ip", "req.hdr_ip");
    with(numbers(header(false, false)), "hdr_val", "req.hdr_val");
    plain(
        ofRequest(
            r -> {
              List<String> names = new ArrayList<>();
              for (int at = 0; at < r.headers().size(); at++) {
                names.add(r.headers().get(at).name());
              }
              return Sample.of(String.join(",", names));
            }),
        "req.hdr_names");
    with(Fetches::cookie, "cook", "req.cook");
    with(
        a -> {
          CompiledSample cookies = cookie(a);
          return c -> Sample.of(cookies.values(c).size());
        },
        "cook_cnt",
        "req.cook_cnt");
    with(numbers(Fetches::cookie), "cook_val", "req.cook_val");
    with(Fetches::urlParameter, "url_param", "urlp", "url_prm");
    with(numbers(Fetches::urlParameter), "urlp_val");
    with(Credentials::isIn, "http_auth");
    with(Credentials::groups, "http_auth_group");
    plain(ofRequest(r -> Sample.of(Credentials.of(r).map(Credentials::user))), "http_auth_user");
    plain(
        ofRequest(r -> Sample.of(Credentials.of(r).map(Credentials::password))), "http_auth_pass");
    plain(ofRequest(r -> Sample.of(Credentials.of(r).map(_ -> "Basic"))), "http_auth_type");
    plain(
        ofRequest(
            r -> {
              int scheme = r.target().indexOf("://");
              return scheme < 0
                  ? Sample.none()
                  : IpAddress.parse(r.target().substring(scheme + 3).split("[/:?]", 2)[0])
                      .map(Sample::of)
                      .orElse(Sample.none());
            }),
        "url_ip");
  }

  private static void responseFetches() {
    plain(ofResponse(r -> Sample.of(r.status())), "status");
    plain(
        ofResponse(r -> Sample.of(r.version() == HttpVersion.HTTP_1_1 ? "1.1" : "1.0")),
        "res.ver",
        "resp_ver");
    plain(ofResponse(r -> Sample.of(r.body().length())), "res.body_len", "res.len");
    plain(ofResponse(r -> List.of(new Sample.Binary(r.body()))), "res.body");
    with(header(true, false), "res.hdr", "shdr");
    with(header(true, true), "res.fhdr");
    with(headerCount(true), "res.hdr_cnt", "shdr_cnt");
    with(addresses(header(true, false)), "res.hdr_ip", "shdr_ip");
    with(numbers(header(true, false)), "res.hdr_val", "shdr_val");
    with(Fetches::setCookie, "res.cook", "scook");
  }
}
