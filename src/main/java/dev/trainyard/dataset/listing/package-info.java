/**
 * What an archive says about its images: which there are, their labels, and their split. Class
 * folders, or CSV rows {@code image-path,label}; what contradicts itself becomes a bad record.
 */
@NullMarked
package dev.trainyard.dataset.listing;

import org.jspecify.annotations.NullMarked;
