package dev.trainyard.security.web;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.security.SecurityProperties;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

class SafeSettingsTest {

  private static final String KEYS =
      "trainyard.security.mode=oidc;spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://127.0.0.1:9/keys";
  private static final String AUDIENCES =
      ";spring.security.oauth2.resourceserver.jwt.audiences=trainyard";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trainyard.security.mode=none",
        "trainyard.security.mode=none;server.address=0.0.0.0",
        "trainyard.security.mode=none;server.address=10.0.0.1",
        "trainyard.security.mode=none;server.address=::",
        "trainyard.security.mode=oidc" + AUDIENCES,
        KEYS
      })
  void would_let_somebody_in_whom_nobody_knows(String settings) {
    assertThatThrownBy(() -> looked(settings)).isInstanceOf(UnsafeSettingsException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trainyard.security.mode=none;server.address=127.0.0.1",
        "trainyard.security.mode=none;server.address=::1",
        "trainyard.security.mode=keys;server.address=0.0.0.0",
        KEYS + AUDIENCES
      })
  void are_safe(String settings) {
    assertThatCode(() -> looked(settings)).doesNotThrowAnyException();
  }

  private static void looked(String settings) {
    Map<String, String> all =
        Stream.of(settings.split(";"))
            .map(it -> it.split("=", 2))
            .collect(Collectors.toMap(it -> it[0], it -> it[1]));
    Binder binder = new Binder(new MapConfigurationPropertySource(all));
    new SafeSettings(
            binder.bindOrCreate("trainyard.security", SecurityProperties.class),
            binder.bindOrCreate("server", ServerProperties.class),
            binder.bindOrCreate(
                "spring.security.oauth2.resourceserver", OAuth2ResourceServerProperties.class))
        .afterPropertiesSet();
  }
}
