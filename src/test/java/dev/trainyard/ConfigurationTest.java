package dev.trainyard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** {@code application.yml} says what the property records say, and all of it. */
class ConfigurationTest {

  private static final FileSystemResource FILE = new FileSystemResource("application.yml");

  @ParameterizedTest
  @MethodSource("records")
  void defaults_of_a_record_are_those_of_the_file(Class<?> type) throws IOException {
    Object byDefault = bound(type, new MapConfigurationPropertySource());
    Object fromFile = bound(type, ConfigurationPropertySources.from(file()).iterator().next());

    assertThat(byDefault).isEqualTo(fromFile);
  }

  @Test
  void every_property_of_ours_in_the_file_is_one_of_a_record_and_the_other_way_round()
      throws IOException {
    Set<String> ofRecords = new TreeSet<>();
    records().forEach(type -> collect(prefix(type), type, ofRecords));
    Set<String> ofFile = new TreeSet<>();
    for (String name : ((EnumerablePropertySource<?>) file()).getPropertyNames()) {
      if (name.startsWith("trainyard.")) {
        ofFile.add(name);
      }
    }

    assertThat(ofFile).isEqualTo(ofRecords);
  }

  @Test
  void property_holders_are_records() {
    assertThat(records()).isNotEmpty().allMatch(Class::isRecord);
  }

  static Stream<Class<?>> records() {
    ClassPathScanningCandidateComponentProvider scan =
        new ClassPathScanningCandidateComponentProvider(false);
    scan.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
    List<Class<?>> types = new ArrayList<>();
    scan.findCandidateComponents("dev.trainyard")
        .forEach(bean -> types.add(ClassUtils.resolveClassName(bean.getBeanClassName(), null)));
    return types.stream();
  }

  private static Object bound(Class<?> type, ConfigurationPropertySource source) {
    return new Binder(source).bindOrCreate(prefix(type), Bindable.of(type));
  }

  private static PropertySource<?> file() throws IOException {
    return new YamlPropertySourceLoader().load("application.yml", FILE).get(0);
  }

  private static String prefix(Class<?> type) {
    ConfigurationProperties annotation =
        AnnotationUtils.getAnnotation(type, ConfigurationProperties.class);
    assertThat(annotation).isNotNull();
    return annotation.value().isEmpty() ? annotation.prefix() : annotation.value();
  }

  private static void collect(String prefix, Class<?> type, Set<String> names) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name =
          prefix
              + "."
              + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
      if (component.getType().isRecord()) {
        collect(name, component.getType(), names);
      } else {
        names.add(name);
      }
    }
  }
}
