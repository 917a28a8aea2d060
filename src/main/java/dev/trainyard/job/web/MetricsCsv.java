package dev.trainyard.job.web;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.telemetry.MetricHistory;
import dev.trainyard.telemetry.MetricHistory.Point;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.MimeTypeUtils;

/** Series as CSV, a point a line. All points of a series are written page by page. */
@Component
@ConditionalOnRole(Role.API)
class MetricsCsv {

  private static final MediaType CSV = new MediaType("text", "csv");
  private static final int PAGE = 10_000;

  private final MetricHistory history;

  MetricsCsv(MetricHistory history) {
    this.history = history;
  }

  /**
   * @param format of the query, which comes before {@code accept}
   */
  static boolean isWanted(@Nullable String format, List<MediaType> accept) {
    if (format != null) {
      if (!Set.of("csv", "json").contains(format)) {
        throw CurveQuery.invalid("format", "must be csv or json");
      }
      return format.equals("csv");
    }
    List<MediaType> wanted = new ArrayList<>(accept);
    MimeTypeUtils.sortBySpecificity(wanted);
    return wanted.stream()
        .filter(type -> type.includes(CSV) || type.includes(MediaType.APPLICATION_JSON))
        .findFirst()
        .filter(type -> !type.includes(MediaType.APPLICATION_JSON))
        .isPresent();
  }

  void write(String job, CurveQuery query, HttpServletResponse response) throws IOException {
    response.setContentType("text/csv;charset=UTF-8");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    Writer out = response.getWriter();
    out.write("name,step,value,time\n");
    for (String name : query.names(() -> history.names(job))) {
      if (query.points() == null) {
        all(out, job, name, query);
      } else {
        List<Point> points =
            history.curve(job, name, query.first(), query.last(), query.most()).points();
        write(out, name, points);
      }
    }
  }

  private void all(Writer out, String job, String name, CurveQuery query) throws IOException {
    long next = query.first();
    List<Point> page;
    do {
      page = history.points(job, name, next, query.last(), PAGE);
      write(out, name, page);
      next = page.isEmpty() ? next : page.get(page.size() - 1).step() + 1;
    } while (page.size() == PAGE);
  }

  private static void write(Writer out, String name, List<Point> points) throws IOException {
    for (Point point : points) {
      out.write(name + "," + point.step() + "," + point.value() + "," + point.time() + "\n");
    }
  }
}
