package dev.trainyard.project;

import jakarta.servlet.ServletRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The project that the request of this thread is about; outside of requests all are. */
public final class Acting {

  /** Of whatever names none. */
  public static final String DEFAULT = "default";

  /** In place of a project: all of them. */
  public static final String ALL = "*";

  private static final String ATTRIBUTE = Acting.class.getName();
  private static final ThreadLocal<@Nullable String> PROJECT = new ThreadLocal<>();

  private Acting() {}

  /** What is to be seen: a project, or {@link #ALL}. */
  public static String visible() {
    String project = PROJECT.get();
    return project == null ? ALL : project;
  }

  /** Where what is made belongs. */
  public static String project() {
    String visible = visible();
    return visible.equals(ALL) ? DEFAULT : visible;
  }

  /** Does what is not for the one who asks, but for the service itself. */
  public static <T> T onAll(Supplier<T> work) {
    String before = PROJECT.get();
    PROJECT.remove();
    try {
      return work.get();
    } finally {
      if (before != null) {
        PROJECT.set(before);
      }
    }
  }

  /** The project that a request was about, also where it is over or was denied. */
  public static String of(ServletRequest request) {
    Object project = request.getAttribute(ATTRIBUTE);
    return project == null ? ALL : project.toString();
  }

  static void in(String project, ServletRequest request) {
    PROJECT.set(project);
    request.setAttribute(ATTRIBUTE, project);
  }

  static void done() {
    PROJECT.remove();
  }
}
