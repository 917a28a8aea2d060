package dev.trainyard.web.openapi;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names of schemas. A nested type is called after what it is nested in as well: the progress of a
 * job and that of a dataset are two.
 */
class SchemaNames extends TypeNameResolver {

  private static final String OURS = "dev.trainyard.";
  private static final String ROLE = "(View|Controller|Bodies)$";

  private final Map<String, Class<?>> taken = new ConcurrentHashMap<>();

  @Override
  protected String getNameOfClass(Class<?> type) {
    if (!type.getName().startsWith(OURS)) {
      return super.getNameOfClass(type);
    }
    String name = name(type);
    Class<?> other = taken.putIfAbsent(name, type);
    if (other != null && other != type) {
      throw new IllegalStateException(
          type.getName() + " and " + other.getName() + " would both be the schema " + name);
    }
    return name;
  }

  private static String name(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return outer == null
        ? type.getSimpleName()
        : name(outer).replaceAll(ROLE, "") + type.getSimpleName();
  }
}
