/** Who is signed in to the web page: a cookie in place of a token. */
@NullMarked
package dev.trainyard.security.session;

import org.jspecify.annotations.NullMarked;
