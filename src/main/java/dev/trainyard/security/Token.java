package dev.trainyard.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A secret that was made here: {@code ty_}, the id of what it belongs to, and 160 random bits. With
 * so many, a plain SHA-256 is kept of it and no slow hash: there is nothing to guess.
 */
public record Token(String text) {

  /** What finds tokens in logs. */
  public static final Pattern FORM = Pattern.compile("ty_[0-9a-z]{8}_[0-9a-f]{40}");

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 20;

  /** A new secret for an id of eight letters or digits. */
  public static Token of(String id) {
    return new Token("ty_" + id + "_" + random(BYTES));
  }

  /** So many random bytes in hexadecimal. */
  public static String random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  public boolean isWellFormed() {
    return FORM.matcher(text).matches();
  }

  /** In lower-case hexadecimal. */
  public String sha256() {
    return sha256(text);
  }

  public static String sha256(String secret) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Takes as long whatever is right of it. */
  public static boolean equal(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "Token";
  }
}
