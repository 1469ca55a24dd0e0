package samestep.dialect.caffe.schema;

import samestep.dialect.schema.Schema;

/** The messages and enums of {@code proto/caffe.proto}. */
public final class CaffeSchema {
    private CaffeSchema() {}

    private static final class Holder {
        static final Schema SCHEMA = Schema.of("caffe");
    }

    /** Made at the first use. */
    public static Schema schema() {
        return Holder.SCHEMA;
    }
}
