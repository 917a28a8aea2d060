package dev.trainyard.job.web;

import dev.trainyard.job.plots.JobPlots.Steps;
import dev.trainyard.plot.Picture;
import dev.trainyard.plot.Theme;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.context.request.WebRequest;

/** In which form a picture is asked for. */
record PlotForm(
    String format, Theme theme, @Nullable String scale, @Nullable Long from, @Nullable Long to) {

  static final String SVG = "image/svg+xml";
  static final String PNG = MediaType.IMAGE_PNG_VALUE;

  static PlotForm of(
      String format,
      @Nullable String theme,
      @Nullable String scale,
      @Nullable Long from,
      @Nullable Long to) {
    if (!Set.of("svg", "png").contains(format)) {
      throw new ProblemException(Problem.NOT_FOUND, "There are plots as .svg and .png alone.");
    }
    CurveQuery.refuseUnless(
        scale == null || Set.of("linear", "log").contains(scale), "scale", "must be linear or log");
    CurveQuery.refuseUnless(
        from == null || to == null || to >= from, "to", "must not be less than from");
    Theme paper =
        switch (theme == null ? "auto" : theme) {
          case "auto" -> Theme.AUTO;
          case "light" -> Theme.LIGHT;
          case "dark" -> Theme.DARK;
          default -> throw CurveQuery.invalid("theme", "must be light, dark or auto");
        };
    return new PlotForm(format, paper, scale, from, to);
  }

  boolean log() {
    return "log".equals(scale);
  }

  Steps steps() {
    return new Steps(from == null ? 0 : from, to == null ? Long.MAX_VALUE : to);
  }

  /** A matrix has none. */
  void refuseAxes() {
    String message = "is for plots over the steps";
    CurveQuery.refuseUnless(scale == null, "scale", message);
    CurveQuery.refuseUnless(from == null, "from", message);
    CurveQuery.refuseUnless(to == null, "to", message);
  }

  /** An SVG is a document: should somebody open it as one, it may do nothing but be seen. */
  ResponseEntity<byte[]> answer(Picture picture, WebRequest request) {
    boolean svg = format.equals("svg");
    byte[] bytes = svg ? picture.svg(theme) : picture.png(theme);
    String tag = "\"" + DigestUtils.md5DigestAsHex(bytes) + "\"";
    CacheControl cache = CacheControl.noCache().cachePrivate();
    if (request.checkNotModified(tag)) {
      return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(tag).cacheControl(cache).build();
    }
    return ResponseEntity.ok()
        .eTag(tag)
        .cacheControl(cache)
        .contentType(MediaType.parseMediaType(svg ? SVG : PNG))
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        .body(bytes);
  }
}
