package dev.trainyard.web.polling;

import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.springframework.http.ETag;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Entity tags of what is answered as JSON. They are weak: equal tags mean equal JSON, whatever a
 * content coding makes of its bytes.
 */
@Component
class EntityTags {

  private static final int BYTES = 16;

  private final JsonMapper json;

  EntityTags(JsonMapper json) {
    this.json = json;
  }

  /** The start of the SHA-256 over its JSON, as {@code W/"..."}. */
  String of(Object body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      json.writeValue(new DigestOutputStream(OutputStream.nullOutputStream(), digest), body);
      byte[] start = Arrays.copyOf(digest.digest(), BYTES);
      return "W/\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(start) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java runtime has it
    }
  }

  /** Whether a client that sent these {@code If-None-Match} has what has this tag. */
  static boolean known(List<String> ifNoneMatch, String tag) {
    ETag current = ETag.create(tag);
    return ifNoneMatch.stream()
        .flatMap(header -> ETag.parse(header).stream())
        .anyMatch(sent -> sent.isWildcard() || sent.compare(current, false));
  }
}
