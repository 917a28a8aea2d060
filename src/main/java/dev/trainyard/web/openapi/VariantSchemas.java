package dev.trainyard.web.openapi;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * A sealed interface is one of its variants, and each variant says in its own schema what the
 * {@code type} is that it goes by: so a JSON Schema alone tells them apart, and editors complete
 * them.
 */
@Component
@Order // around all others
class VariantSchemas implements ModelConverter {

  @Override
  @SuppressWarnings("rawtypes")
  public @Nullable Schema resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    Class<?> raw = RecordSchemas.raw(type);
    JsonSubTypes variants = raw == null ? null : raw.getAnnotation(JsonSubTypes.class);
    if (raw == null || variants == null || !raw.isInterface()) {
      return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
    }
    String name = raw.getSimpleName();
    if (!context.getDefinedModels().containsKey(name)) {
      context.defineModel(name, choice(raw, variants, context), raw, null);
    }
    return ref(Components.COMPONENTS_SCHEMAS_REF + name);
  }

  private static Schema<?> choice(
      Class<?> type, JsonSubTypes variants, ModelConverterContext context) {
    String property = type.getAnnotation(JsonTypeInfo.class).property();
    Discriminator discriminator = new Discriminator().propertyName(property);
    Schema<?> choice = new JsonSchema().discriminator(discriminator);
    for (JsonSubTypes.Type variant : variants.value()) {
      Schema<?> ref = context.resolve(new AnnotatedType(variant.value()).resolveAsRef(true));
      Schema<?> model = RecordSchemas.model(ref, context);
      if (model == null) {
        throw new IllegalStateException(variant.value() + " has no schema");
      }
      tell(model, property, variant.name());
      discriminator.mapping(variant.name(), ref.get$ref());
      choice.addOneOfItem(ref(ref.get$ref()));
    }
    return choice;
  }

  /** It comes first, as people write it. */
  private static void tell(Schema<?> variant, String property, String name) {
    @SuppressWarnings({"rawtypes", "unchecked"})
    Map<String, Schema> rest =
        variant.getProperties() == null ? Map.of() : (Map) variant.getProperties();
    Schema<String> type = new JsonSchema().typesItem("string");
    type.setConst(name);
    @SuppressWarnings("rawtypes")
    Map<String, Schema> all = new LinkedHashMap<>();
    all.put(property, type);
    all.putAll(rest);
    variant.setProperties(all);
    variant.addType("object"); // one without members of its own has none
    List<String> required = new ArrayList<>(List.of(property));
    if (variant.getRequired() != null) {
      required.addAll(variant.getRequired());
    }
    variant.setRequired(required);
  }

  private static Schema<?> ref(String ref) {
    return new JsonSchema().$ref(ref);
  }
}
