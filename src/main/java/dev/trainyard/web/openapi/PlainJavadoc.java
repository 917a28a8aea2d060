package dev.trainyard.web.openapi;

import java.util.Map;
import java.util.stream.Collectors;
import org.springdoc.core.providers.SpringDocJavadocProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** Javadoc as Markdown, which is what descriptions are, in place of HTML. */
@Component
class PlainJavadoc extends SpringDocJavadocProvider {

  @Override
  public String getClassJavadoc(Class<?> type) {
    return plain(super.getClassJavadoc(type));
  }

  @Override
  public Map<String, String> getRecordClassParamJavadoc(Class<?> type) {
    return super.getRecordClassParamJavadoc(type).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> plain(entry.getValue())));
  }

  private static String plain(String html) {
    String text =
        html.replaceAll("\\{@\\w+ \\S+ ([^}]*)\\}", "$1")
            .replaceAll("</?(code|tt)>", "`")
            .replaceAll("<[^>]*>", "");
    return HtmlUtils.htmlUnescape(text).replaceAll("\\s+", " ").strip();
  }
}
