package dev.trainyard.spec;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A name that a client gives to a job, dataset or model: it appears in URLs, and a model's is a
 * folder that TensorFlow Serving reads, so it is a plain file name on every system.
 */
@NotNull(message = ResourceName.RULE)
@Pattern(regexp = ResourceName.PATTERN, message = ResourceName.RULE)
@Target({
  ElementType.FIELD,
  ElementType.PARAMETER,
  ElementType.RECORD_COMPONENT,
  ElementType.TYPE_USE
})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
public @interface ResourceName {

  String PATTERN = "[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?";

  String RULE =
      "must be 1 to 63 lower-case letters, digits, '.', '_' or '-', and start and end with a letter or digit";

  String message() default RULE;

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};
}
