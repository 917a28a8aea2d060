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
    "", "/index.html", "/favicon.svg", "/css/*", "/js/*", "/webjars/uplot/*", "/signin", "/signin/*"
  };

  /** The tag is of the content: files in a jar may have any time. */
  @Bean
  FilterRegistrationBean<ShallowEtagHeaderFilter> pageTags() {
    return forFiles(new ShallowEtagHeaderFilter());
  }

  @Bean
  FilterRegistrationBean<PageHeaders> pageHeaders() {
    return forFiles(new PageHeaders());
  }

  private static <F extends Filter> FilterRegistrationBean<F> forFiles(F filter) {
    FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
    registration.addUrlPatterns(FILES);
    return registration;
  }
}
