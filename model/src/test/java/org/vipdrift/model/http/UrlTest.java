package org.vipdrift.model.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vipdrift.model.frame.IpAddress;

class UrlTest {
  @Test
  void aWholeUrlIsTakenApart() {
    assertThat(Url.of("https://WWW.example.org:8443/a/b?c=d#e"))
        .isEqualTo(new Url(Url.Scheme.HTTPS, "www.example.org", 8443, "/a/b", Optional.of("c=d")));
  }

  @Test
  void whatIsMissingHasItsDefault() {
    assertThat(Url.of("http://20.0.0.100"))
        .isEqualTo(new Url(Url.Scheme.HTTP, "20.0.0.100", 80, "/", Optional.empty()));
    assertThat(Url.of("http://x?q").target()).isEqualTo("/?q");
  }

  @Test
  void anIpv6AddressStandsInBrackets() {
    Url url = Url.of("http://[2001:db8::100]:8080/");
    assertThat(url.address()).contains(IpAddress.of("2001:db8::100"));
    assertThat(url.authority()).isEqualTo("[2001:db8::100]:8080");
    assertThat(url).hasToString("http://[2001:db8::100]:8080/");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "20.0.0.100,a scheme is missing: write http://20.0.0.100",
        "ftp://x/,expected http or https",
        "http:///,the host is missing",
        "http://2001:db8::1/,write it",
        "http://[2001:db8::1/,bracket",
        "http://[x]/,expected an IPv6 address",
        "http://x:0/,expected a port",
        "http://x:65536/,expected a port",
        "http://x:a/,expected a port",
        "http://u@x/,user name",
        "http://x y/,column 9",
        "http://x!/,neither a host name",
      })
  void whatIsNoneSaysWhy(String text, String why) {
    String expected = why.equals("write it") ? "http://[2001:db8::1]/" : why;
    assertThat(Url.read(text))
        .isInstanceOfSatisfying(
            Url.Reading.Invalid.class, invalid -> assertThat(invalid.problem()).contains(expected));
  }

  @Property(tries = 300)
  void anyTextIsEitherAUrlOrNot(@ForAll String text) {
    assertThat(Url.read("http://" + text)).isNotNull();
    if (Url.read("http://" + text) instanceof Url.Reading.Valid(Url url)) {
      assertThat(Url.of(url.toString())).isEqualTo(url);
    }
  }
}
