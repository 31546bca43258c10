package org.vipdrift.model.config.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks the installed nginx 1.22 whether it would run with configurations made here. */
class AgreesWithNginxTest {
  private static final Path STREAM_MODULE = Path.of("/usr/lib/nginx/modules/ngx_stream_module.so");

  private static final String WHOLE =
      """
      worker_processes auto;
      events { worker_connections 1024; }
      http {
        include mime.types;
        keepalive_timeout 65s;
        sendfile on;
        upstream web {
          server 127.0.0.1:8081 weight=5 max_fails=2 fail_timeout=30s;
          server 127.0.0.1:8082 max_conns=100;
          server 127.0.0.1:8083 backup;
          keepalive 16;
        }
        map $http_upgrade $connection_upgrade { default upgrade; '' close; }
        server {
          listen 28614 default_server;
          listen [::]:28614;
          server_name example.org *.example.org;
          root /srv/www;
          index index.html index.htm;
          error_page 500 502 503 504 /50x.html;
          location / {
            proxy_pass http://web;
            proxy_http_version 1.1;
            proxy_set_header Host $host;
            proxy_set_header Connection $connection_upgrade;
            proxy_next_upstream error timeout http_502;
            proxy_connect_timeout 2s;
          }
          location = /50x.html { internal; }
          location ~* \\.(png|css)$ { expires 30d; try_files $uri =404; }
          location /old/ { rewrite ^/old/(.*)$ /new/$1 permanent; }
          if ($request_method = POST) { return 405; }
          location /status { stub_status; allow 127.0.0.1; deny all; }
        }
      }
      """;

  @TempDir Path folder;

  private record Verdict(boolean accepted, String said) {}

  private Verdict nginx(String text) {
    try {
      Path file = folder.resolve("nginx.conf");
      Files.writeString(file, text);
      Files.writeString(folder.resolve("mime.types"), "types { text/html html; }\n");
      Process process =
          new ProcessBuilder("nginx", "-t", "-q", "-c", file.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      return new Verdict(process.exitValue() == 0, said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isInstalled() {
    try {
      Process process = new ProcessBuilder("nginx", "-v").redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 && said.contains("nginx/1.22.");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where the two differ; empty where they agree. */
  private List<String> difference(String text) {
    Verdict real = nginx(text);
    NginxParse parse = NginxParser.parse("nginx.conf", text);
    if (real.accepted() == !parse.isRefused()) {
      return List.of();
    }
    return List.of(
        (real.accepted() ? "nginx accepts: " : "nginx refuses: ")
            + real.said().strip()
            + "\n  we say: "
            + parse.problems()
            + "\n  of: "
            + text);
  }

  private static List<String> snippets(String name) {
    try (InputStream in = AgreesWithNginxTest.class.getResourceAsStream("/nginx/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String head(String more) {
    return more + "pid " + folder.resolve("pid") + ";\n";
  }

  @Test
  void everyHttpSnippetGetsNginxsVerdict() {
    assumeTrue(isInstalled(), "nginx 1.22 is not installed");
    List<String> differences = new ArrayList<>();
    for (String snippet : snippets("http-snippets.txt")) {
      differences.addAll(difference(head("") + "events {}\nhttp {\n" + snippet + "\n}\n"));
    }
    assertThat(String.join("\n", differences)).isEmpty();
  }

  @Test
  void everyStreamSnippetGetsNginxsVerdict() {
    assumeTrue(isInstalled(), "nginx 1.22 is not installed");
    assumeTrue(Files.exists(STREAM_MODULE), "nginx's stream module is not installed");
    List<String> differences = new ArrayList<>();
    for (String snippet : snippets("stream-snippets.txt")) {
      differences.addAll(
          difference(
              head("load_module " + STREAM_MODULE + ";\n")
                  + "events {}\nstream {\n"
                  + snippet
                  + "\n}\n"));
    }
    assertThat(String.join("\n", differences)).isEmpty();
  }

  @Test
  void mutationsOfAWholeFileGetNginxsVerdict() {
    assumeTrue(isInstalled(), "nginx 1.22 is not installed");
    assertThat(difference(head("") + WHOLE)).isEmpty();
    Random random = new Random(1);
    List<String> differences = new ArrayList<>();
    for (int number = 0; number < 150; number++) {
      differences.addAll(difference(head("") + mutated(random)));
    }
    assertThat(String.join("\n", differences)).isEmpty();
  }

  /** Words taken away, doubled, exchanged or misspelt. */
  private static String mutated(Random random) {
    List<String> words = new ArrayList<>(List.of(WHOLE.split("(?<=\\s)|(?=[;{}])|(?<=[;{}])")));
    int at = random.nextInt(words.size());
    switch (random.nextInt(5)) {
      case 0 -> words.remove(at);
      case 1 -> words.add(at, words.get(at));
      case 2 -> words.add(random.nextInt(words.size()), words.remove(at));
      case 3 -> words.set(at, words.get(random.nextInt(words.size())));
      default -> {
        String word = words.get(at);
        if (!word.isBlank()) {
          int letter = random.nextInt(word.length());
          words.set(at, word.substring(0, letter) + word.substring(letter + 1));
        }
      }
    }
    return String.join("", words);
  }
}
