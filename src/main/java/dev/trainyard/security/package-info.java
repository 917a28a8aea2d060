/**
 * Who may ask for what. Whoever calls is a {@link dev.trainyard.security.Caller}: a key, the
 * service's own token, somebody whom an OpenID provider vouches for, or somebody signed in to the
 * page.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"problem", "fleet", "storage"})
package dev.trainyard.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
