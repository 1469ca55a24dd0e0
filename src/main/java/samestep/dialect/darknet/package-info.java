/** Darknet: its .cfg files, which are a training's settings and the net in one. */
@NullMarked
package samestep.dialect.darknet;

import org.jspecify.annotations.NullMarked;
