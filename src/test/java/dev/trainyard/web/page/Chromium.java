package dev.trainyard.web.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchPersistentContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import dev.trainyard.TestToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** The machine's own Chromium, with a profile that is gone afterwards. None is ever downloaded. */
record Chromium(Playwright playwright, BrowserContext context, Path profile)
    implements AutoCloseable {

  static final String LACKING = "No Chromium: apt-get install chromium, or name one in CHROMIUM";

  private static final List<String> ARGUMENTS =
      List.of(
          "--headless",
          "--no-sandbox", // a container's root may not make one
          "--disable-dev-shm-usage",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /** Goes where one wants to be, is asked for a token, and gets there. */
  static void signIn(Page page, String address) {
    page.navigate(address);
    page.getByLabel("Token").fill(TestToken.VALUE);
    page.getByRole(AriaRole.BUTTON).click();
    page.waitForURL(address);
  }

  static Optional<Path> installed() {
    return Stream.of(
            System.getenv().getOrDefault("CHROMIUM", ""),
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome")
        .filter(name -> !name.isEmpty())
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Chromium start(Path executable) {
    try {
      Path profile = Files.createTempDirectory("trainyard-chromium");
      Playwright playwright =
          Playwright.create(
              new Playwright.CreateOptions()
                  .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
      BrowserContext context =
          playwright
              .chromium()
              .launchPersistentContext(
                  profile,
                  new LaunchPersistentContextOptions()
                      .setExecutablePath(executable)
                      .setArgs(ARGUMENTS)
                      .setAcceptDownloads(true)
                      .setViewportSize(1280, 800));
      return new Chromium(playwright, context, profile);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  Page page() {
    return context.pages().get(0);
  }

  @Override
  public void close() {
    context.close();
    playwright.close();
    FileSystemUtils.deleteRecursively(profile.toFile());
  }

  /** On the build server it is a failure; elsewhere the rest of the tests still says something. */
  static void needed(Page page) {
    if (page == null && "true".equals(System.getenv("CI"))) {
      throw new AssertionError(LACKING);
    }
    assumeTrue(page != null, LACKING);
  }

  /**
   * What axe says of a page, if it matters. In the page itself: the other way opens a second page
   * each time.
   *
   * @param rules those alone; all when none is given
   */
  @SuppressWarnings("deprecation")
  static List<String> serious(Page page, String... rules) {
    AxeBuilder axe = new AxeBuilder(page).setLegacyMode(true);
    return (rules.length == 0 ? axe : axe.withRules(List.of(rules)))
        .analyze().getViolations().stream()
            .filter(it -> List.of("serious", "critical").contains(it.getImpact()))
            .map(Chromium::told)
            .toList();
  }

  private static String told(Rule rule) {
    return rule.getId()
        + ": "
        + rule.getNodes().stream().map(node -> node.getTarget() + " " + node.getHtml()).toList();
  }
}
