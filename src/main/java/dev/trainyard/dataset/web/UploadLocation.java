package dev.trainyard.dataset.web;

import dev.trainyard.storage.Storage;
import jakarta.servlet.MultipartConfigElement;
import org.springframework.boot.servlet.autoconfigure.MultipartProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Makes the folder that uploads are spooled to absolute: Tomcat would look for a relative one in
 * its own work folder, on another disk perhaps, where taking an upload over is no rename.
 */
@Configuration(proxyBeanMethods = false)
class UploadLocation {

  @Bean
  MultipartConfigElement multipartConfig(MultipartProperties properties, Storage storage) {
    MultipartConfigElement configured = properties.createMultipartConfig();
    return new MultipartConfigElement(
        storage.of("tmp").toString(),
        configured.getMaxFileSize(),
        configured.getMaxRequestSize(),
        configured.getFileSizeThreshold());
  }
}
