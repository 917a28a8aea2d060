package dev.trainyard.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/** Wall time and this process's processor time. */
public final class Stopwatch {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final long wall = System.nanoTime();
  private final long cpu = SYSTEM.getProcessCpuTime();

  public double seconds() {
    return (System.nanoTime() - wall) / 1e9;
  }

  /** The rate at which {@code images} were worked on since this was made. */
  public Map<String, Object> rates(long images) {
    Map<String, Object> rates = new LinkedHashMap<>();
    rates.put("images_per_second", images / seconds());
    rates.put("cpu_ms_per_image", (SYSTEM.getProcessCpuTime() - cpu) / 1e6 / images);
    return rates;
  }
}
