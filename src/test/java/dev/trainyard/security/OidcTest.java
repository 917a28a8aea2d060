package dev.trainyard.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.trainyard.ApiClient;
import dev.trainyard.ApiClient.Answer;
import dev.trainyard.TemporaryData;
import dev.trainyard.TestToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** Tokens of an OpenID provider, really signed, and those that only look like it. */
@Tag("h2")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "trainyard.security.mode=oidc",
      "trainyard.worker.slots=0",
      "spring.security.oauth2.resourceserver.jwt.audiences=trainyard"
    })
class OidcTest {

  private static final Path data = TemporaryData.folder();
  private static final String SESSION = "/api/v1/session";
  private static final RSAKey KEY = key("the-one");
  private static final HttpServer PROVIDER = provider();

  private ApiClient nobody;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("trainyard.data-dir", data::toString);
    registry.add(
        "spring.security.oauth2.resourceserver.jwt.jwk-set-uri",
        () -> "http://127.0.0.1:" + PROVIDER.getAddress().getPort() + "/keys");
  }

  @BeforeAll
  void start(@LocalServerPort int port) {
    nobody = new ApiClient(port).withToken("");
  }

  @AfterAll
  static void stop() {
    PROVIDER.stop(0);
  }

  @Test
  void a_token_of_the_provider_says_who_it_is_and_what_they_may() throws JOSEException {
    String token =
        signed(
            KEY,
            claims ->
                claims
                    .claim("scope", "openid trainyard:read trainyard:submit trainyard:none")
                    .claim("projects", List.of("vision")));
    JsonNode who = nobody.withToken(token).get(SESSION).json();
    assertThat(who.get("name").asString()).isEqualTo("anna@example.org");
    assertThat(who.get("scope").asString()).isEqualTo("submit");
    assertThat(who.get("projects").toString()).isEqualTo("[\"vision\"]");
    assertThat(nobody.withToken(token).get("/api/v1/jobs").status()).isEqualTo(200);
    assertThat(nobody.withToken(token).delete("/api/v1/models/x").status()).isEqualTo(403);
  }

  @Test
  void the_services_own_token_is_taken_beside_them() {
    ApiClient admin = nobody.withToken(TestToken.VALUE);
    assertThat(admin.get("/api/v1/keys").status()).isEqualTo(200);
  }

  @Test
  void what_only_looks_like_one_is_refused() throws JOSEException {
    UnaryOperator<JWTClaimsSet.Builder> good =
        claims -> claims.claim("scope", "trainyard:admin").claim("projects", "*");
    assertThat(nobody.withToken(signed(KEY, good)).get("/api/v1/keys").status()).isEqualTo(200);
    Date past = Date.from(Clock.systemUTC().instant().minusSeconds(600));
    JWTClaimsSet.Builder unsigned = good.apply(claims());
    SignedJWT symmetric = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), unsigned.build());
    symmetric.sign(
        new MACSigner(KEY.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
    for (String token :
        List.of(
            signed(key("the-one"), good), // another key under the same id
            signed(KEY, claims -> good.apply(claims).audience("another-service")),
            signed(KEY, claims -> good.apply(claims).expirationTime(past)),
            symmetric.serialize(), // signed with the public key
            new PlainJWT(unsigned.build()).serialize(),
            signed(KEY, good).replaceAll("\\.[^.]*$", "."))) {
      assertThat(nobody.withToken(token).get("/api/v1/keys").status()).as(token).isEqualTo(401);
      assertThat(nobody.withToken(token).get("/api/v1/jobs").status()).as(token).isEqualTo(401);
    }
  }

  @Test
  void one_that_does_not_say_enough_is_told_what_it_lacks() throws JOSEException {
    String nameless = signed(KEY, claims -> claims.subject(null).claim("scope", "trainyard:admin"));
    assertThat(refusal(nameless)).contains("'sub' names nobody");
    String unprefixed = signed(KEY, claims -> claims.claim("scope", "admin"));
    assertThat(refusal(unprefixed)).contains("'scope' has no scope of this service");
    assertThat(refusal(signed(KEY, claims -> claims))).contains("such as trainyard:read");
    String homeless = signed(KEY, claims -> claims.claim("scope", "trainyard:admin"));
    assertThat(refusal(homeless)).contains("for no project");
  }

  private String refusal(String token) {
    Answer answer = nobody.withToken(token).get("/api/v1/jobs");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.json().get("type").asString()).isEqualTo("/problems/forbidden");
    return answer.json().get("detail").asString();
  }

  private static String signed(RSAKey key, UnaryOperator<JWTClaimsSet.Builder> more)
      throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
            more.apply(claims()).build());
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .subject("anna@example.org")
        .audience("trainyard")
        .expirationTime(Date.from(Clock.systemUTC().instant().plusSeconds(600)));
  }

  private static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpServer provider() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      byte[] keys = new JWKSet(KEY.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
      server.createContext(
          "/keys",
          exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
