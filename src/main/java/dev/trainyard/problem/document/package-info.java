/** What the OpenAPI document says of refusals: one schema, and examples out of the catalogue. */
@NullMarked
@NamedInterface("document")
package dev.trainyard.problem.document;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
