package org.vipdrift.model.haproxy.sample;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The password hashes {@code $5$} and {@code $6$} of crypt(3), after Ulrich Drepper's specification
 * "Unix crypt using SHA-256 and SHA-512".
 */
public final class ShaCrypt {
  private static final String DIGITS =
      "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String ROUNDS = "rounds=";
  private static final int DEFAULT_ROUNDS = 5_000;
  private static final long FEWEST_ROUNDS = 1_000;
  private static final long MOST_ROUNDS = 999_999_999;
  private static final int LONGEST_SALT = 16;

  private final boolean wide;
  private final byte[] password;
  private final byte[] salt;

  private ShaCrypt(boolean wide, byte[] password, byte[] salt) {
    this.wide = wide;
    this.password = password;
    this.salt = salt;
  }

  /** Whether the hash is one of these two forms. */
  public static boolean knows(String hash) {
    return hash.startsWith("$5$") || hash.startsWith("$6$");
  }

  /** Whether this password has this hash; false for a hash of another form. */
  public static boolean matches(String password, String hash) {
    if (!knows(hash)) {
      return false;
    }
    String settings = hash.substring(3);
    long rounds = DEFAULT_ROUNDS;
    if (settings.startsWith(ROUNDS)) {
      int end = settings.indexOf('$');
      if (end < 0 || !settings.substring(ROUNDS.length(), end).matches("[0-9]{1,18}")) {
        return false;
      }
      rounds = Long.parseLong(settings.substring(ROUNDS.length(), end));
      rounds = Math.min(MOST_ROUNDS, Math.max(FEWEST_ROUNDS, rounds));
      settings = settings.substring(end + 1);
    }
    int end = settings.indexOf('$');
    if (end < 0) {
      return false;
    }
    String salt = settings.substring(0, Math.min(end, LONGEST_SALT));
    ShaCrypt crypt =
        new ShaCrypt(
            hash.charAt(1) == '6',
            password.getBytes(StandardCharsets.ISO_8859_1),
            salt.getBytes(StandardCharsets.ISO_8859_1));
    return crypt.digest(rounds).equals(settings.substring(end + 1));
  }

  private MessageDigest hash() {
    try {
      return MessageDigest.getInstance(wide ? "SHA-512" : "SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-2", e);
    }
  }

  /** As many octets, the given ones over and over. */
  private static byte[] repeated(byte[] octets, int length) {
    byte[] filled = new byte[length];
    for (int at = 0; at < length; at++) {
      filled[at] = octets[at % octets.length];
    }
    return filled;
  }

  private String digest(long rounds) {
    MessageDigest hash = hash();
    hash.update(password);
    hash.update(salt);
    byte[] inner = hash.digest(password);
    hash.update(password);
    hash.update(salt);
    hash.update(repeated(inner, password.length));
    for (int bits = password.length; bits > 0; bits >>= 1) {
      hash.update((bits & 1) != 0 ? inner : password);
    }
    byte[] result = hash.digest();
    for (int at = 0; at < password.length; at++) {
      hash.update(password);
    }
    byte[] passwords = repeated(hash.digest(), password.length);
    for (int at = 0; at < 16 + (result[0] & 0xff); at++) {
      hash.update(salt);
    }
    byte[] salts = repeated(hash.digest(), salt.length);
    for (long round = 0; round < rounds; round++) {
      boolean odd = (round & 1) != 0;
      hash.update(odd ? passwords : result);
      if (round % 3 != 0) {
        hash.update(salts);
      }
      if (round % 7 != 0) {
        hash.update(passwords);
      }
      hash.update(odd ? result : passwords);
      result = hash.digest();
    }
    return text(result);
  }

  /** Three octets make four digits; which three follow each other is part of the format. */
  private String text(byte[] digest) {
    StringBuilder text = new StringBuilder(86);
    int third = digest.length / 3;
    int[] places = {0, third, 2 * third};
    for (int at = 0; at < third; at++) {
      int[] here = places;
      digits(
          text,
          (digest[here[0]] & 0xff) << 16 | (digest[here[1]] & 0xff) << 8 | digest[here[2]] & 0xff,
          4);
      places =
          wide
              ? new int[] {here[1] + 1, here[2] + 1, here[0] + 1}
              : new int[] {here[2] + 1, here[0] + 1, here[1] + 1};
    }
    byte[] rest = Arrays.copyOfRange(digest, 3 * third, digest.length);
    if (wide) {
      digits(text, rest[0] & 0xff, 2);
    } else {
      digits(text, (rest[1] & 0xff) << 8 | rest[0] & 0xff, 3);
    }
    return text.toString();
  }

  private static void digits(StringBuilder text, int value, int count) {
    for (int at = 0; at < count; at++) {
      text.append(DIGITS.charAt(value >> 6 * at & 0x3f));
    }
  }
}
