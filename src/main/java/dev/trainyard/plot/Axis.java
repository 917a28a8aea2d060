package dev.trainyard.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * One direction of a chart.
 *
 * @param ticks where there is a number beside it
 */
record Axis(double min, double max, boolean log, List<Double> ticks) {

  private static final double[] STEPS = {1, 2, 2.5, 5, 10};

  /** Between these values, with about {@code count} ticks inside. */
  static Axis exact(double min, double max, int count, boolean whole) {
    double step = step((max - min) / count);
    if (whole) {
      step = Math.max(1, step == 2.5 ? 2 : step);
    }
    return new Axis(min, max, false, ticks(min, max, step));
  }

  /** Begins and ends at a tick, but not above {@code ceiling}. */
  static Axis nice(double low, double high, double ceiling, int count) {
    double step = step((high - low) / count);
    double min = Math.floor(low / step + 1e-9) * step;
    double max = Math.min(ceiling, Math.ceil(high / step - 1e-9) * step);
    return new Axis(min, max, false, ticks(min, max, step));
  }

  /** Of positive values: begins and ends at 1, 2 or 5 times a power of ten. */
  static Axis logarithmic(double low, double high) {
    int decades = (int) Math.ceil(Math.log10(high / low));
    // of many decades only the powers of ten, of very many only some
    int every = decades > 4 ? 3 * ((decades + 7) / 8) : 1;
    int first = (int) Math.floor(position(low) + 1e-9);
    int last = (int) Math.ceil(position(high) - 1e-9);
    first = Math.floorDiv(first, every) * every;
    last = Math.max(first + every, -Math.floorDiv(-last, every) * every);
    List<Double> ticks = new ArrayList<>();
    for (int i = first; i <= last; i += every) {
      ticks.add(value(i));
    }
    return new Axis(value(first), value(last), true, ticks);
  }

  /** 0 at the beginning, 1 at the end. */
  double place(double value) {
    return log ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
  }

  boolean shows(double value) {
    return Double.isFinite(value) && (!log || value > 0);
  }

  /** With as many digits as needed; thousands and millions as k and M. */
  static String label(double value) {
    double size = Math.abs(value);
    if (size >= 1e15 || size > 0 && size < 1e-4) {
      int exponent = (int) Math.floor(Math.log10(size) + 1e-9);
      return short3(value / Math.pow(10, exponent)).toPlainString() + "e" + exponent;
    } else if (size >= 1e6) {
      return plain(value / 1e6) + "M";
    }
    return size >= 1e4 ? plain(value / 1e3) + "k" : plain(value);
  }

  /** In three digits, for people. */
  static String value(Double value) {
    return Double.isFinite(value) ? label(short3(value).doubleValue()) : value.toString();
  }

  private static BigDecimal short3(double value) {
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros();
  }

  private static String plain(double value) {
    return new BigDecimal(value).round(new MathContext(8)).stripTrailingZeros().toPlainString();
  }

  private static double step(double atLeast) {
    double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
    for (double step : STEPS) {
      if (step * power >= atLeast * 0.999) {
        return step * power;
      }
    }
    return 10 * power;
  }

  private static List<Double> ticks(double min, double max, double step) {
    List<Double> ticks = new ArrayList<>();
    long first = (long) Math.ceil(min / step - 1e-9);
    for (long i = first; i * step <= max + step * 1e-9; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** 1, 2, 5, 10, 20 ... are 0, 1, 2, 3, 4 ...; others in between. */
  private static double position(double value) {
    double decade = Math.floor(Math.log10(value) + 1e-12);
    double rest = value / Math.pow(10, decade);
    double within = rest < 2 ? rest - 1 : rest < 5 ? 1 + (rest - 2) / 3 : 2 + (rest - 5) / 5;
    return 3 * decade + within;
  }

  private static double value(int position) {
    double[] steps = {1, 2, 5};
    return steps[Math.floorMod(position, 3)] * Math.pow(10, Math.floorDiv(position, 3));
  }
}
