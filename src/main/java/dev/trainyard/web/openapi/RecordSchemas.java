package dev.trainyard.web.openapi;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Java says of a record and nobody else: a component whose constructor takes no null is
 * required, and one that is something when null was given has that as its default.
 */
@Component
@Order(RecordSchemas.AROUND_ALL_BUT_VARIANTS)
class RecordSchemas implements ModelConverter {

  static final int AROUND_ALL_BUT_VARIANTS = Integer.MAX_VALUE - 1;

  private static final String TYPE = "type";

  private final JsonMapper json;

  RecordSchemas(JsonMapper json) {
    this.json = json;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public @Nullable Schema resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    Schema<?> resolved = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
    Class<?> raw = raw(type);
    if (resolved != null && raw != null && raw.isRecord()) {
      Schema<?> model = model(resolved, context);
      if (model != null && model.getProperties() != null) {
        complete(raw, model);
      }
    }
    return resolved;
  }

  static @Nullable Class<?> raw(AnnotatedType type) {
    return type.getType() == null
        ? null
        : Json31.mapper().constructType(type.getType()).getRawClass();
  }

  /** The schema itself, or the one that it refers to. */
  static @Nullable Schema<?> model(Schema<?> schema, ModelConverterContext context) {
    String ref = schema.get$ref();
    return ref == null
        ? schema
        : context.getDefinedModels().get(ref.substring(Components.COMPONENTS_SCHEMAS_REF.length()));
  }

  private void complete(Class<?> type, Schema<?> schema) {
    RecordComponent[] components = type.getRecordComponents();
    Constructor<?> constructor = canonical(type, components);
    Object empty = ofNulls(constructor);
    for (int i = 0; i < components.length; i++) {
      String name = nameOf(components[i]);
      Schema<?> property = schema.getProperties().get(name);
      if (property == null) {
        continue;
      }
      if (!constructor.getAnnotatedParameterTypes()[i].isAnnotationPresent(Nullable.class)) {
        require(schema, name);
      } else if (empty != null && !isRequired(schema, name)) {
        setDefault(property, valueOf(components[i], empty));
      }
    }
    ignored(type, schema);
  }

  private static boolean isRequired(Schema<?> schema, String name) {
    return schema.getRequired() != null && schema.getRequired().contains(name);
  }

  private static void require(Schema<?> schema, String name) {
    if (!isRequired(schema, name)) {
      schema.addRequiredItem(name);
    }
  }

  /** Of an object only which variant it is: each has defaults of its own. */
  private void setDefault(Schema<?> property, @Nullable Object value) {
    Object plain = value == null ? null : json.convertValue(value, Object.class);
    if (plain instanceof Map<?, ?> object) {
      plain = object.containsKey(TYPE) && property.getTypes() == null ? variant(object) : null;
    }
    if (plain != null && property.getDefault() == null) {
      property.setDefault(plain);
    }
  }

  private static Map<String, ?> variant(Map<?, ?> object) {
    return Map.of(TYPE, String.valueOf(object.get(TYPE)));
  }

  /** What is taken and not looked at. */
  private static void ignored(Class<?> type, Schema<?> schema) {
    JsonIgnoreProperties ignored = type.getAnnotation(JsonIgnoreProperties.class);
    for (String name : ignored == null ? new String[0] : ignored.value()) {
      Schema<?> property = new JsonSchema().typesItem("string");
      property.setWriteOnly(true);
      property.setDescription("Taken and not looked at, so that editors may have it in the file");
      schema.addProperty(name, property);
    }
  }

  private static Constructor<?> canonical(Class<?> type, RecordComponent[] components) {
    try {
      return type.getDeclaredConstructor(
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e); // every record has one
    }
  }

  private static @Nullable Object ofNulls(Constructor<?> constructor) {
    if (Arrays.stream(constructor.getParameterTypes()).anyMatch(Class::isPrimitive)) {
      return null; // such a component has no default
    }
    try {
      constructor.setAccessible(true);
      return constructor.newInstance(new Object[constructor.getParameterCount()]);
    } catch (ReflectiveOperationException e) {
      return null; // it insists on something
    }
  }

  private static @Nullable Object valueOf(RecordComponent component, Object record) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String nameOf(RecordComponent component) {
    JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
    return property == null ? component.getName() : property.value();
  }
}
