/**
 * What is told of the API to machines: the OpenAPI document at {@code /v3/api-docs}, made exact
 * enough to check answers by, and the JSON Schema of a job, which is a part of it.
 */
@NullMarked
package dev.trainyard.web.openapi;

import org.jspecify.annotations.NullMarked;
