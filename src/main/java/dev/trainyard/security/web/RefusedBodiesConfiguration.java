package dev.trainyard.security.web;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has Tomcat ask {@link RefusedBodies}. */
@Configuration(proxyBeanMethods = false)
class RefusedBodiesConfiguration {

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> refusedBodies() {
    return factory -> factory.addEngineValves(new RefusedBodies());
  }
}
