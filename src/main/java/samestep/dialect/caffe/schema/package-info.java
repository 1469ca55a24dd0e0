/** Caffe's schema, what a file may hold by it, and the ledger of its fields. */
@NullMarked
package samestep.dialect.caffe.schema;

import org.jspecify.annotations.NullMarked;
