package dev.trainyard.demo.client;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** A {@code multipart/form-data} body (RFC 7578); the file is read while it is sent. */
record MultipartForm(Map<String, String> fields, Path file, String boundary) {

  MultipartForm(Map<String, String> fields, Path file) {
    this(fields, file, "trainyard-" + UUID.randomUUID());
  }

  String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  BodyPublisher body() throws FileNotFoundException {
    StringBuilder head = new StringBuilder();
    fields.forEach(
        (name, value) ->
            head.append("--" + boundary + "\r\n")
                .append("Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n")
                .append(value + "\r\n"));
    head.append("--" + boundary + "\r\n")
        .append("Content-Disposition: form-data; name=\"file\"; filename=\"")
        .append(file.getFileName() + "\"\r\n")
        .append("Content-Type: application/octet-stream\r\n\r\n");
    return BodyPublishers.concat(
        BodyPublishers.ofString(head.toString()),
        BodyPublishers.ofFile(file),
        BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
  }
}
