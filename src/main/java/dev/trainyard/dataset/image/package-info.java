/**
 * What becomes of one image file: looked at by its content, never its name; measured by its header
 * before a pixel is allocated; kept byte for byte when it is a JPEG that every reader understands
 * and can be decoded to its end; made an upright RGB JPEG when it is another that can be; else
 * refused with the reason.
 */
@NullMarked
package dev.trainyard.dataset.image;

import org.jspecify.annotations.NullMarked;
