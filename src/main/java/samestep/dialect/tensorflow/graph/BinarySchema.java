package samestep.dialect.tensorflow.graph;

import java.util.HashMap;
import java.util.Map;
import samestep.recipe.ledger.Decides;

/**
 * The fields of a MetaGraphDef that decide training. Source of the numbers: tensorflow/core/protobuf/meta_graph.proto and
 * tensorflow/core/framework/{graph,node_def,attr_value,tensor,tensor_shape}.proto. What is not here is passed over: the
 * devices, the list of operations that TensorFlow strips of what it does not use, the saver, signatures.
 */
final class BinarySchema {
    /** What a field's bytes are. */
    enum Kind {
        /** A message. */
        MESSAGE,
        /** Text or bytes. */
        TEXT,
        /** Whole numbers. */
        WHOLE,
        /** Single-precision numbers. */
        FLOAT,
        /** Double-precision numbers. */
        DOUBLE,
        /** True or false. */
        FLAG,
        /** A tensor's type. */
        TYPE
    }

    /** A field: its name, what its bytes are, and of which message if they are one. */
    record Field(String name, Kind kind, String message) {}

    /** The message of a .meta file. */
    static final String META_GRAPH = "MetaGraphDef";

    private static final String FIELDS = """
        MetaGraphDef 1 meta_info_def MetaInfoDef
        MetaGraphDef 2 graph_def GraphDef
        MetaGraphDef 4 collection_def CollectionEntry
        MetaInfoDef 1 meta_graph_version TEXT
        MetaInfoDef 4 tags TEXT
        MetaInfoDef 5 tensorflow_version TEXT
        GraphDef 1 node NodeDef
        GraphDef 2 library FunctionDefLibrary
        GraphDef 3 version WHOLE
        GraphDef 4 versions VersionDef
        VersionDef 1 producer WHOLE
        FunctionDefLibrary 1 function FunctionDef
        FunctionDefLibrary 2 gradient GradientDef
        FunctionDef 1 signature OpDef
        FunctionDef 3 node_def NodeDef
        FunctionDef 4 ret RetEntry
        FunctionDef 5 attr AttrEntry
        GradientDef 1 function_name TEXT
        GradientDef 2 gradient_func TEXT
        OpDef 1 name TEXT
        RetEntry 1 key TEXT
        RetEntry 2 value TEXT
        NodeDef 1 name TEXT
        NodeDef 2 op TEXT
        NodeDef 3 input TEXT
        NodeDef 5 attr AttrEntry
        AttrEntry 1 key TEXT
        AttrEntry 2 value AttrValue
        AttrValue 1 list ListValue
        AttrValue 2 s TEXT
        AttrValue 3 i WHOLE
        AttrValue 4 f FLOAT
        AttrValue 5 b FLAG
        AttrValue 6 type TYPE
        AttrValue 7 shape TensorShapeProto
        AttrValue 8 tensor TensorProto
        AttrValue 10 func NameAttrList
        AttrValue 9 placeholder TEXT
        NameAttrList 1 name TEXT
        NameAttrList 2 attr AttrEntry
        ListValue 2 s TEXT
        ListValue 3 i WHOLE
        ListValue 4 f FLOAT
        ListValue 5 b FLAG
        ListValue 6 type TYPE
        ListValue 7 shape TensorShapeProto
        ListValue 8 tensor TensorProto
        ListValue 9 func NameAttrList
        TensorShapeProto 2 dim Dim
        TensorShapeProto 3 unknown_rank FLAG
        Dim 1 size WHOLE
        TensorProto 1 dtype TYPE
        TensorProto 2 tensor_shape TensorShapeProto
        TensorProto 4 tensor_content TEXT
        TensorProto 5 float_val FLOAT
        TensorProto 6 double_val DOUBLE
        TensorProto 7 int_val WHOLE
        TensorProto 8 string_val TEXT
        TensorProto 9 scomplex_val FLOAT
        TensorProto 10 int64_val WHOLE
        TensorProto 11 bool_val FLAG
        TensorProto 12 dcomplex_val DOUBLE
        TensorProto 13 half_val WHOLE
        TensorProto 16 uint32_val WHOLE
        TensorProto 17 uint64_val WHOLE
        CollectionEntry 1 key TEXT
        CollectionEntry 2 value CollectionDef
        CollectionDef 1 node_list NodeList
        CollectionDef 2 bytes_list BytesList
        NodeList 1 value TEXT
        BytesList 1 value TEXT
        """;

    private static final Map<String, Map<Integer, Field>> MESSAGES = parse();

    private BinarySchema() {}

    /** Whether an attribute is in the text: those that decide nothing are not, but for two that are read. */
    static boolean isWritten(String attribute) {
        return attribute.equals("_output_shapes")
                || attribute.equals("shared_name")
                || GraphLedger.field("*." + attribute)
                        .filter(row -> row.decides() == Decides.NOTHING)
                        .isEmpty();
    }

    private static Map<String, Map<Integer, Field>> parse() {
        Map<String, Map<Integer, Field>> messages = new HashMap<>();
        FIELDS.lines().map(line -> line.split(" ")).forEach(words -> {
            boolean scalar = words[3].equals(words[3].toUpperCase(java.util.Locale.ROOT));
            Field field = new Field(words[2], scalar ? Kind.valueOf(words[3]) : Kind.MESSAGE, words[3]);
            messages.computeIfAbsent(words[0], m -> new HashMap<>()).put(Integer.valueOf(words[1]), field);
        });
        return messages;
    }

    /** The fields of a message by number. */
    static Map<Integer, Field> fields(String message) {
        return MESSAGES.getOrDefault(message, Map.of());
    }
}
