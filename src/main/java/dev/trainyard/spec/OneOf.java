package dev.trainyard.spec;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A whole number out of a few. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = OneOf.Check.class)
public @interface OneOf {

  int[] value();

  String message() default "must be one of {value}";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Whether a number is among them. */
  final class Check implements ConstraintValidator<OneOf, Integer> {

    private int[] allowed = {};

    @Override
    public void initialize(OneOf constraint) {
      allowed = constraint.value();
    }

    @Override
    public boolean isValid(@Nullable Integer number, ConstraintValidatorContext context) {
      return number == null || Arrays.stream(allowed).anyMatch(each -> each == number);
    }
  }
}
