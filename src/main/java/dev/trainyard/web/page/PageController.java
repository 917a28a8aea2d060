package dev.trainyard.web.page;

import io.swagger.v3.oas.annotations.Hidden;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The page at the root: to whoever asks, whatever they accept. */
@RestController
@Hidden // from the OpenAPI document: it is no part of the API
class PageController {

  private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

  private final Resource page = new ClassPathResource("static/index.html");
  private final Resource signIn = new ClassPathResource("static/signin/signin.html");

  @GetMapping("/")
  ResponseEntity<Resource> page() {
    return ResponseEntity.ok().contentType(HTML).body(page);
  }

  @GetMapping("/signin")
  ResponseEntity<Resource> signIn() {
    return ResponseEntity.ok().contentType(HTML).body(signIn);
  }
}
