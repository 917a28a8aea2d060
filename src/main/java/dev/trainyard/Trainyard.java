package dev.trainyard;

import dev.trainyard.cli.Cli;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/**
 * The service: API and worker in one process; each trainer is a child process of its own. With a
 * command as its first argument it is a client of one instead.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Trainyard {

  /** Milliseconds: what a database and JSON give back is then what was put in. */
  @Bean
  Clock clock() {
    return Clock.tickMillis(ZoneOffset.UTC);
  }

  /** A command is done before any class of Spring is loaded. */
  public static void main(String[] args) {
    if (Cli.isMeant(args)) {
      System.exit(Cli.run(args));
    }
    SpringApplication.run(Trainyard.class, args);
  }
}
