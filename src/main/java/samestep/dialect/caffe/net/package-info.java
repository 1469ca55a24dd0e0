/** Caffe's nets: layers, their parameters, losses and settings. */
@NullMarked
package samestep.dialect.caffe.net;

import org.jspecify.annotations.NullMarked;
