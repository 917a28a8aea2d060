package dev.trainyard.web.page;

import jakarta.servlet.Filter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/** Puts headers on the page's own files, and on nothing else. */
@Configuration(proxyBeanMethods = false)
class PageConfiguration {

  /** The first is the root itself; the page's addresses are fragments of it. */
  private static final String[] FILES = {
    "", "/index.html", "/favicon.svg", "/css/*", "/js/*", "/webjars/*", "/signin", "/signin/*"
  };

  private static final String SWAGGER = "/swagger-ui.html";

  /** The tag is of the content: files in a jar may have any time. */
  @Bean
  FilterRegistrationBean<ShallowEtagHeaderFilter> pageTags() {
    FilterRegistrationBean<ShallowEtagHeaderFilter> tags = forFiles(new ShallowEtagHeaderFilter());
    tags.addUrlPatterns(SWAGGER);
    return tags;
  }

  @Bean
  FilterRegistrationBean<PageHeaders> pageHeaders() {
    return forFiles(new PageHeaders(PageHeaders.POLICY));
  }

  @Bean
  FilterRegistrationBean<PageHeaders> swaggerHeaders() {
    FilterRegistrationBean<PageHeaders> registration =
        new FilterRegistrationBean<>(new PageHeaders(PageHeaders.SWAGGER_POLICY));
    registration.addUrlPatterns(SWAGGER);
    registration.setName("swaggerHeaders"); // a second one of its class
    return registration;
  }

  private static <F extends Filter> FilterRegistrationBean<F> forFiles(F filter) {
    FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
    registration.addUrlPatterns(FILES);
    return registration;
  }
}
