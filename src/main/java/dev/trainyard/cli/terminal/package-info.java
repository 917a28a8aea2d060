/** What people see: lines, tables, one line that moves; never a control character of a stranger. */
@NullMarked
package dev.trainyard.cli.terminal;

import org.jspecify.annotations.NullMarked;
