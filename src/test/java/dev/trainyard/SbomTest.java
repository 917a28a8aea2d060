package dev.trainyard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.spec.SpecJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the jar says that it consists of. */
class SbomTest {

  private static final Set<String> NAMED =
      Set.of("tensorflow-core-api", "spring-security-web", "h2", "postgresql", "commons-compress");

  @Test
  void it_lists_with_version_licence_and_digest_what_the_service_is_run_with() throws IOException {
    Map<String, JsonNode> components =
        sbom()
            .get("components")
            .valueStream()
            .collect(
                Collectors.toMap(
                    it -> it.get("name").asString() + "-" + it.get("version").asString(),
                    it -> it,
                    (one, other) -> one));

    assertThat(components).hasSizeGreaterThan(80);
    assertThat(names(components.values())).containsAll(NAMED).doesNotContain("junit-jupiter-api");
    Set<String> jars =
        Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
            .map(it -> Path.of(it).getFileName().toString())
            .filter(
                it ->
                    it.matches(
                        "(spring-(core|web|security|data|jdbc|orm)|hibernate|tomcat|jackson|tensorflow).*jar"))
            .filter(
                it ->
                    !it.startsWith("jackson-dataformat-yaml-3") // the tests' own
                        && !it.contains("-test")
                        && !it.contains("-linux-")
                        && !it.contains("-macosx-"))
            .map(it -> it.substring(0, it.length() - ".jar".length()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(jars).hasSizeGreaterThan(20);
    assertThat(components.keySet()).containsAll(jars);
    assertThat(components.values())
        .allSatisfy(it -> assertThat(it.at("/purl").asString()).startsWith("pkg:maven/"))
        .allSatisfy(it -> assertThat(it.get("hashes").toString()).contains("SHA-256"));
  }

  private static Set<String> names(Iterable<JsonNode> components) {
    Set<String> names = new TreeSet<>();
    components.forEach(it -> names.add(it.get("name").asString()));
    return names;
  }

  private static JsonNode sbom() throws IOException {
    try (InputStream in =
        SbomTest.class.getResourceAsStream("/META-INF/sbom/application.cdx.json")) {
      assertThat(in).as("the build writes it").isNotNull();
      return SpecJson.MAPPER.readTree(in);
    }
  }
}
