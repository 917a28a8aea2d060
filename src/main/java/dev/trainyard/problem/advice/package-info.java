/** The one place where an exception becomes an answer. */
@NullMarked
package dev.trainyard.problem.advice;

import org.jspecify.annotations.NullMarked;
