package dev.trainyard;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.http.HttpClient;
import java.nio.channels.SocketChannel;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.h2.tools.Server;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * What services like this one were taken over by is not called anywhere in this one. Each rule has
 * an offender below, so that it is known to find one.
 */
class ForbiddenCallsTest {

  private static JavaClasses service;
  private static JavaClasses offender;

  @BeforeAll
  static void read() {
    service =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.trainyard");
    offender = new ClassFileImporter().importClasses(Offender.class, Offender.Typed.class);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void the_service_keeps_the_rule_and_an_offender_does_not(ArchRule rule) {
    rule.check(service);
    assertThat(rule.evaluate(offender).hasViolation()).isTrue();
  }

  static List<ArchRule> rules() {
    return List.of(
        noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class)
            .because("an object that Java reads may run what it likes"),
        noMethods()
            .should()
            .haveNameMatching("(read|write)(Object|Replace|Resolve|External)")
            .because("nothing is serialized by Java"),
        calls("exec", Runtime.class, "a process is started by package process alone"),
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.trainyard.process..")
            // nvidia-smi with fixed arguments, by a child
            .and()
            .doNotHaveFullyQualifiedName("dev.trainyard.trainer.device.GpuDetails")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ProcessBuilder.class, ProcessBuilder.Redirect.class)
            .because("package process knows what a child may have"),
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.trainyard.cli..", "dev.trainyard.demo..")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                        "java.net.http..",
                        "javax.net..",
                        "org.springframework.web.client..",
                        "org.springframework.web.reactive..",
                        "org.springframework.http.client..")
                    .or(assignableTo(URLConnection.class))
                    .or(assignableTo(Socket.class))
                    .or(assignableTo(SocketChannel.class)))
            .because("the service fetches nothing, whoever names an address"),
        calls("<init>|open.*|getContent", URL.class, "the service fetches nothing"),
        calls("toURL", URI.class, "the service fetches nothing"),
        calls("forName", Class.class, "what runs is known when it is compiled"),
        calls("loadClass|defineClass", ClassLoader.class, "what runs is known when it is compiled"),
        calls("load|loadLibrary", System.class, "what runs is known when it is compiled"),
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "javax.xml..",
                "org.xml..",
                "org.w3c..",
                "java.beans..",
                "org.yaml..",
                "javax.script..",
                "javax.naming..",
                "java.rmi..",
                "org.springframework.expression..")
            .because("what these read can name files, addresses and classes"),
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.h2..")
            .because("there is neither a console nor a server of H2"),
        calls("activateDefaultTyping.*", Object.class, "a document does not name classes"),
        noClasses()
            .should()
            .beAnnotatedWith(namesClasses())
            .because("a document does not name classes"));
  }

  private static ArchRule calls(String methods, Class<?> of, String reason) {
    return noClasses()
        .should()
        .callCodeUnitWhere(
            DescribedPredicate.describe(
                methods + " of " + of.getSimpleName(),
                (JavaCall<?> call) ->
                    call.getName().matches(methods) && call.getTargetOwner().isAssignableTo(of)))
        .because(reason);
  }

  private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaAnnotation<?>>
      namesClasses() {
    return DescribedPredicate.describe(
        "@JsonTypeInfo by class",
        annotation ->
            annotation.getRawType().isEquivalentTo(JsonTypeInfo.class)
                && !annotation.get("use").orElseThrow().toString().contains("NAME"));
  }

  /** Breaks them all; is never called. */
  static final class Offender {

    static Object object(InputStream in) throws IOException, ClassNotFoundException {
      return new ObjectInputStream(in).readObject();
    }

    private void readObject(ObjectInputStream in) {}

    static void process() throws IOException {
      Runtime.getRuntime().exec("true");
      new ProcessBuilder("true").start();
    }

    static void fetch(String address) throws Exception {
      HttpClient.newHttpClient();
      URI.create(address).toURL().openStream();
    }

    static Class<?> type(String name) throws Exception {
      System.loadLibrary(name);
      new URL(name);
      Offender.class.getClassLoader().loadClass(name);
      return Class.forName(name);
    }

    static Object document(InputStream in) throws Exception {
      new Yaml().load(in);
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
    }

    static void server() throws Exception {
      Server.createTcpServer();
    }

    static void mapper() {
      JsonMapper.builder().activateDefaultTyping(BasicPolymorphicTypeValidator.builder().build());
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    interface Typed {}
  }
}
