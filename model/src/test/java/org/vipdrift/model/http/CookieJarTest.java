package org.vipdrift.model.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CookieJarTest {
  private static final Url URL = Url.of("http://20.0.0.100/shop/cart");
  private static final Url NAMED = Url.of("http://www.example.org/");

  private final CookieJar jar = new CookieJar();

  private void set(Url url, String field) {
    jar.store(url, HttpHeaders.of("Set-Cookie", field), 0);
  }

  @Test
  void aCookieGoesBackToTheHostThatSetIt() {
    set(URL, "SERVERID=nginx1; path=/");
    assertThat(jar.cookieFor(URL, 1)).contains("SERVERID=nginx1");
    assertThat(jar.cookieFor(Url.of("http://20.0.0.101/"), 1)).isEmpty();
  }

  @Test
  void aLaterValueReplacesTheEarlierOne() {
    set(URL, "SERVERID=nginx1; path=/");
    set(URL, "SERVERID=nginx2; path=/");
    assertThat(jar.cookieFor(URL, 1)).contains("SERVERID=nginx2");
    assertThat(jar.size()).isEqualTo(1);
  }

  @Test
  void withoutAPathItGoesToTheFolderOfTheRequest() {
    set(URL, "a=1");
    assertThat(jar.cookieFor(Url.of("http://20.0.0.100/shop/"), 1)).contains("a=1");
    assertThat(jar.cookieFor(Url.of("http://20.0.0.100/shopping"), 1)).isEmpty();
    assertThat(jar.cookieFor(Url.of("http://20.0.0.100/"), 1)).isEmpty();
  }

  @Test
  void longerPathsComeFirst() {
    set(URL, "a=1; path=/");
    set(URL, "b=2; path=/shop");
    assertThat(jar.cookieFor(URL, 1)).contains("b=2; a=1");
  }

  @Test
  void aDomainHoldsForItsHostsButNotForAddresses() {
    set(NAMED, "a=1; Domain=.example.org");
    set(NAMED, "b=2; Domain=example.com");
    set(URL, "c=3; Domain=0.0.100");
    assertThat(jar.size()).isEqualTo(1);
    assertThat(jar.cookieFor(Url.of("http://shop.example.org/"), 1)).contains("a=1");
  }

  @Test
  void itEndsByItsAgeWhichBeatsItsDate() {
    set(NAMED, "a=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:10 GMT");
    assertThat(jar.cookieFor(NAMED, Duration.ofSeconds(59).toNanos())).contains("a=1");
    assertThat(jar.cookieFor(NAMED, Duration.ofSeconds(60).toNanos())).isEmpty();
    set(NAMED, "b=1; Expires=Thu, 01 Jan 1970 00:00:10 GMT");
    assertThat(jar.cookieFor(NAMED, Duration.ofSeconds(9).toNanos())).contains("b=1");
    set(NAMED, "b=; Max-Age=0");
    assertThat(jar.size()).isZero();
  }

  @Test
  void aSecureCookieNeedsTls() {
    set(Url.of("https://www.example.org/"), "a=1; Secure");
    assertThat(jar.cookieFor(NAMED, 1)).isEmpty();
    assertThat(jar.cookieFor(Url.of("https://www.example.org/"), 1)).contains("a=1");
  }

  @Test
  void requestsCarryPairs() {
    HttpHeaders headers = HttpHeaders.of("Cookie", "a=1; SERVERID=s1;b==; junk", "cookie", "c=3");
    assertThat(Cookies.of(headers))
        .extracting(Cookies.Pair::name)
        .containsExactly("a", "SERVERID", "b", "c");
    assertThat(Cookies.first(headers, "SERVERID")).contains("s1");
    assertThat(Cookies.first(headers, "serverid")).isEmpty();
  }
}
