package dev.trainyard.web.openapi;

import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** The head of the OpenAPI document at {@code /v3/api-docs}, and how its schemas are named. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

  private static final String TOKEN = "token";

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        // Wherever the document was read from: behind a proxy, too.
        .components(
            new Components()
                .addSecuritySchemes(
                    TOKEN,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description(
                            "The service's own token, a key's secret, or a token of the OpenID provider.")))
        .addSecurityItem(new SecurityRequirement().addList(TOKEN))
        .addServersItem(new Server().url("/").description("This service"))
        .info(
            new Info()
                .title("Trainyard")
                .version("v1")
                .description(
                    "POST a training job, watch it, download a SavedModel. Whatever takes time answers 202"
                        + " with a Location to poll. Errors are application/problem+json with errors[].")
                .license(new License().name("Apache-2.0").identifier("Apache-2.0")));
  }

  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE) // all other converters stand around it
  ModelResolver modelResolver() {
    return new ModelResolver(Json31.mapper(), new SchemaNames()).openapi31(true);
  }
}
