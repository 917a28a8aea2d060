/** What is drawn of jobs: their series as charts, their evaluations as matrices. */
@NullMarked
package dev.trainyard.job.plots;

import org.jspecify.annotations.NullMarked;
