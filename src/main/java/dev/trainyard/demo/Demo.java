package dev.trainyard.demo;

import dev.trainyard.demo.client.ApiClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Plays the main job, once, in a thread of its own, as soon as the service answers requests. */
@Component
@ConditionalOnProperty("trainyard.demo.enabled")
class Demo implements DisposableBean {

  private final Environment environment;
  private final Thread thread;

  Demo(
      DemoProperties properties,
      Environment environment,
      @Value("${trainyard.data-dir}") Path dataDir) {
    this.environment = environment;
    this.thread =
        new Thread(
            () -> {
              Screen screen = new Screen(System.out, Screen.isTerminal());
              Path token = tokenFile(dataDir);
              MainJob.Setting setting = MainJob.Setting.of(properties, dataDir, token);
              new MainJob(new ApiClient(ownAddress(), read(token)), screen, setting).play();
            },
            "demo");
    thread.setDaemon(true);
  }

  @EventListener(ApplicationReadyEvent.class)
  void begin() {
    thread.start();
  }

  @Override
  public void destroy() {
    thread.interrupt();
  }

  private Path tokenFile(Path dataDir) {
    String file = environment.getProperty("trainyard.security.token-file");
    return file == null ? dataDir.resolve("token") : Path.of(file);
  }

  /** The service has made it by now, unless it asks nobody who they are. */
  private static String read(Path token) {
    try {
      return Files.readString(token).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private URI ownAddress() {
    String host = environment.getProperty("server.address", "127.0.0.1");
    if (host.equals("0.0.0.0") || host.equals("::")) {
      host = "127.0.0.1";
    } else if (host.contains(":")) {
      host = "[" + host + "]";
    }
    return URI.create("http://" + host + ":" + environment.getProperty("local.server.port"));
  }
}
