/** The gate: what every request passes before anything of the service sees it. */
@NullMarked
package dev.trainyard.security.web;

import org.jspecify.annotations.NullMarked;
