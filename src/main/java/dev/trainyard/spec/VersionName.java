package dev.trainyard.spec;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * What a client calls a version of a model: its number, which is a number in JSON too, an alias, or
 * {@code latest}.
 */
@JacksonAnnotationsInside
@JsonDeserialize(using = VersionName.Reader.class)
@JsonSerialize(using = VersionName.Writer.class)
@Pattern(regexp = VersionName.PATTERN, message = VersionName.RULE)
@Target({
  ElementType.FIELD,
  ElementType.PARAMETER,
  ElementType.RECORD_COMPONENT,
  ElementType.METHOD
})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
public @interface VersionName {

  String PATTERN = "[1-9][0-9]{0,8}|[a-z]([a-z0-9._-]{0,61}[a-z0-9])?";

  String RULE = "must be the number of a version, an alias, or latest";

  String message() default RULE;

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Takes a whole number or a text. */
  final class Reader extends ValueDeserializer<String> {
    @Override
    public @Nullable String deserialize(JsonParser json, DeserializationContext context) {
      if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
          || json.currentToken() == JsonToken.VALUE_STRING) {
        return json.getString();
      }
      return (String) context.handleUnexpectedToken(String.class, json);
    }
  }

  /** Gives a whole number for a number. */
  final class Writer extends ValueSerializer<String> {
    @Override
    public void serialize(String version, JsonGenerator json, SerializationContext context) {
      if (version.matches("[1-9][0-9]{0,8}")) {
        json.writeNumber(Integer.parseInt(version));
      } else {
        json.writeString(version);
      }
    }
  }
}
