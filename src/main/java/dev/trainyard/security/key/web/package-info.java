/** Keys over HTTP. */
@NullMarked
package dev.trainyard.security.key.web;

import org.jspecify.annotations.NullMarked;
