package dev.trainyard.plot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.plot.Chart.Line;
import dev.trainyard.plot.Chart.Place;
import dev.trainyard.plot.Chart.Restart;
import dev.trainyard.plot.Chart.Scale;
import dev.trainyard.plot.Chart.Style;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PictureTest {

  private static final double NAN = Double.NaN;

  @Test
  void what_people_wrote_is_text_and_never_markup() throws Exception {
    String name = "</title><script>alert('1')</script>&\"\u0000\uD800";
    Document svg = parsed(chart(name, line(name, Style.BAND, 3, 2, 1)).svg(Theme.AUTO));
    assertThat(svg.getElementsByTagName("script").getLength()).isZero();
    assertThat(texts(svg))
        .anyMatch(text -> text.contains("<script>") || text.startsWith("</title>"));
    Matrix matrix =
        new Matrix(name, "", List.of(name, "b"), List.of(List.of(1L, 2L), List.of(0L, 0L)), "");
    assertThat(parsed(matrix.svg(Theme.DARK)).getElementsByTagName("script").getLength()).isZero();
  }

  @Test
  void gaps_are_left_where_values_are_no_numbers() throws Exception {
    Document svg =
        parsed(chart("gap", line("training", Style.BAND, 5, 4, NAN, 2, 1)).svg(Theme.LIGHT));
    List<String> curves =
        points(svg, Ink.BLUE).stream().filter(xy -> xy.split(" ").length == 2).toList();
    assertThat(curves).as("a sign in the legend, and a curve on both sides").hasSize(3);
  }

  @Test
  void one_value_is_a_dot_and_none_is_said() throws Exception {
    Document one = parsed(chart("one", line("training", Style.BAND, 5)).svg(Theme.LIGHT));
    assertThat(one.getElementsByTagName("circle").getLength()).isEqualTo(1);
    assertThat(texts(parsed(chart("none").svg(Theme.LIGHT)))).contains("nothing yet");
    assertThat(texts(parsed(chart("nan", line("training", Style.BAND, NAN)).svg(Theme.LIGHT))))
        .contains("nothing yet");
  }

  @Test
  void what_a_logarithm_cannot_show_is_left_out() throws Exception {
    Chart log =
        new Chart(
            "log",
            "",
            "step",
            "loss",
            new Scale(true, false, Double.POSITIVE_INFINITY),
            List.of(line("training", Style.BAND, 0, 0.1, 10)),
            List.of(),
            List.of(),
            "nothing");
    assertThat(texts(parsed(log.svg(Theme.LIGHT)))).contains("0.1", "10").doesNotContain("0");
  }

  @Test
  void everything_stays_on_the_paper_and_is_the_same_as_a_png() throws Exception {
    Line[] many =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    new Line(
                        "a-job-with-a-name-as-long-as-names-may-be-and-that-is-63-characters"
                            .substring(i),
                        i,
                        Style.DOTS,
                        places(9, 5, i)))
            .toArray(Line[]::new);
    Chart chart = chart("many", many);
    Element root = parsed(chart.svg(Theme.LIGHT)).getDocumentElement();
    int height = Integer.parseInt(root.getAttribute("height"));
    for (String xy :
        Stream.of(Ink.values())
            .flatMap(ink -> points(root.getOwnerDocument(), ink).stream())
            .toList()) {
      for (String point : xy.split(" ")) {
        assertThat(Double.parseDouble(point.split(",")[0])).isBetween(0.0, 880.0);
        assertThat(Double.parseDouble(point.split(",")[1])).isBetween(0.0, (double) height);
      }
    }
    BufferedImage png = ImageIO.read(new ByteArrayInputStream(chart.png(Theme.DARK)));
    assertThat(png.getWidth()).isEqualTo(2 * 880);
    assertThat(png.getHeight()).isEqualTo(2 * height);
    assertThat(png.getRGB(0, 0) & 0xFFFFFF).isEqualTo(Ink.PAPER.rgb(true));
  }

  @Test
  void matrices_stand_side_by_side_and_none_is_cut_off() throws Exception {
    String name = "a-class-with-a-name-as-long-as-names-may-be-and-that-is-63-characters";
    Matrix two =
        new Matrix("two", "sub", List.of(name, "b"), List.of(List.of(7L, 1L), List.of(0L, 9L)), "");
    Matrix none = new Matrix("none", "sub", List.of(), List.of(), "nothing yet");
    for (int jobs = 1; jobs <= 8; jobs++) {
      List<Matrix> each = new ArrayList<>(Collections.nCopies(jobs, two));
      each.set(jobs - 1, none);
      Document svg = parsed(new Matrices("all", "", each).svg(Theme.LIGHT));
      assertThat(texts(svg)).contains("nothing yet");
      assertThat(texts(svg).stream().filter("9"::equals)).hasSize(jobs - 1);
      double width = number(svg.getDocumentElement(), "width");
      double height = number(svg.getDocumentElement(), "height");
      elements(svg, "rect")
          .forEach(
              box -> {
                assertThat(number(box, "x") + number(box, "width")).isLessThanOrEqualTo(width);
                assertThat(number(box, "y") + number(box, "height")).isLessThanOrEqualTo(height);
              });
    }
  }

  private static double number(Element element, String attribute) {
    String value = element.getAttribute(attribute);
    return value.isEmpty() ? 0 : Double.parseDouble(value);
  }

  private static Chart chart(String title, Line... lines) {
    return new Chart(
        title,
        "sub",
        "step",
        "loss",
        new Scale(false, false, Double.POSITIVE_INFINITY),
        List.of(lines),
        List.of(1L, 2L),
        List.of(new Restart(2, "attempt 2", -1)),
        "nothing yet");
  }

  private static Line line(String name, Style style, double... values) {
    return new Line(name, 0, style, places(values));
  }

  private static List<Place> places(double... values) {
    return IntStream.range(0, values.length)
        .mapToObj(i -> new Place(i + 1, values[i], values[i], values[i]))
        .toList();
  }

  private static Document parsed(byte[] svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg));
  }

  private static List<String> texts(Document svg) {
    return elements(svg, "text").map(Element::getTextContent).toList();
  }

  private static List<String> points(Document svg, Ink ink) {
    String colour = "#%06x".formatted(ink.rgb(false));
    return elements(svg, "polyline")
        .filter(line -> line.getAttribute("stroke").equals(colour))
        .map(line -> line.getAttribute("points"))
        .toList();
  }

  private static Stream<Element> elements(Document svg, String name) {
    NodeList found = svg.getElementsByTagName(name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
  }
}
