package dev.trainyard.fleet;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Reads the roles before there are any beans. */
class OnRole implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    @Nullable Map<String, @Nullable Object> attributes =
        metadata.getAnnotationAttributes(ConditionalOnRole.class.getName());
    Set<Role> roles =
        Binder.get(context.getEnvironment())
            .bind("trainyard.roles", Bindable.setOf(Role.class))
            .orElseGet(() -> Set.of(Role.values()));
    return attributes != null && roles.contains(attributes.get("value"));
  }
}
