/** Keys and the service's own token: what callers without an OpenID provider come with. */
@NullMarked
package dev.trainyard.security.key;

import org.jspecify.annotations.NullMarked;
