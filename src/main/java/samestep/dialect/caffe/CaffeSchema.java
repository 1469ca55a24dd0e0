package samestep.dialect.caffe;

import samestep.dialect.Schema;

/** The messages and enums of {@code proto/caffe.proto}. */
final class CaffeSchema {
    private CaffeSchema() {}

    private static final class Holder {
        static final Schema SCHEMA = Schema.of("caffe");
    }

    /** Made at the first use. */
    static Schema schema() {
        return Holder.SCHEMA;
    }
}
