/** What people say of models and versions: what may be changed of what is otherwise immutable. */
@NullMarked
package dev.trainyard.model.notes;

import org.jspecify.annotations.NullMarked;
