package dev.trainyard.security.web;

import dev.trainyard.security.Caller;
import dev.trainyard.security.CallerAuthentication;
import dev.trainyard.security.Scope;
import dev.trainyard.security.SecurityProperties.Oidc;
import dev.trainyard.security.key.ApiKey;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;

/** Who comes with a token of the OpenID provider, once Spring has found it genuine and in time. */
final class OidcCallers implements Converter<Jwt, AbstractAuthenticationToken> {

  private final Oidc claims;

  OidcCallers(Oidc claims) {
    this.claims = claims;
  }

  @Override
  public AbstractAuthenticationToken convert(Jwt token) {
    String name = token.getClaimAsString(claims.name());
    Optional<Scope> scope =
        words(token.getClaim(claims.scope()))
            .filter(word -> word.startsWith(claims.scopePrefix()))
            .map(word -> word.substring(claims.scopePrefix().length()))
            .map(Scope::of)
            .flatMap(Optional::stream)
            .max(Comparator.naturalOrder());
    if (name == null || name.isBlank()) {
      throw new LackingTokenException(
          "The token is genuine, but its claim '%s' names nobody.".formatted(claims.name()));
    }
    if (scope.isEmpty()) {
      throw new LackingTokenException(
          "The token is genuine, but its claim '%s' has no scope of this service, such as %sread."
              .formatted(claims.scope(), claims.scopePrefix()));
    }
    List<String> projects = words(token.getClaim(claims.projects())).toList();
    return new CallerAuthentication(
        new Caller(
            name,
            null,
            scope.get(),
            projects.contains(ApiKey.ALL_PROJECTS) ? null : Set.copyOf(projects)));
  }

  /** A list, or words with blanks between them. */
  private static Stream<String> words(@Nullable Object claim) {
    if (claim instanceof Collection<?> list) {
      return list.stream().map(String::valueOf);
    }
    return claim instanceof String text
        ? Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty())
        : Stream.empty();
  }
}
