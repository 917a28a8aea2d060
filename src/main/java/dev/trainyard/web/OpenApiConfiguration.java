package dev.trainyard.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The head of the OpenAPI document at {@code /v3/api-docs}. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Trainyard")
                .version("v1")
                .description(
                    "POST a training job, watch it, download a SavedModel. Whatever takes time answers 202"
                        + " with a Location to poll. Errors are application/problem+json with errors[].")
                .license(new License().name("Apache-2.0").identifier("Apache-2.0")));
  }
}
