package dev.trainyard.dataset.web;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name of a file in an archive or folder, or the path of a folder. */
@Size(min = 1, max = 1000)
@Pattern(regexp = "[^\\x00-\\x1F\\x7F]*", message = "must not have control characters")
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@interface EntryName {

  String message() default "is no name of a file";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};
}
