package samestep.dialect.tensorflow.graph;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a MetaGraphDef that decide training. Source of the numbers: tensorflow/core/protobuf/meta_graph.proto and
 * tensorflow/core/framework/{graph,node_def,attr_value,tensor,tensor_shape}.proto. What is not here is passed over: the
 * devices, the list of operations that TensorFlow strips of what it does not use, functions' bodies, the saver, signatures.
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
            NameAttrList 1 name TEXT
            ListValue 2 s TEXT
            ListValue 3 i WHOLE
            ListValue 4 f FLOAT
            ListValue 5 b FLAG
            ListValue 6 type TYPE
            ListValue 7 shape TensorShapeProto
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
            TensorProto 10 int64_val WHOLE
            TensorProto 11 bool_val FLAG
            TensorProto 13 half_val WHOLE
            CollectionEntry 1 key TEXT
            CollectionEntry 2 value CollectionDef
            CollectionDef 1 node_list NodeList
            CollectionDef 2 bytes_list BytesList
            NodeList 1 value TEXT
            BytesList 1 value TEXT
            """;

    private static final Map<String, Map<Integer, Field>> MESSAGES = parse();

    /** The attributes of operations that are looked at. */
    private static final Set<String> ATTRIBUTES = Set.of(
            "dtype",
            "T",
            "DstT",
            "output_type",
            "value",
            "shape",
            "_output_shapes",
            "use_nesterov",
            "multiply_linear_by_lr");

    private BinarySchema() {}

    /** Whether an operation's attribute is looked at. */
    static boolean isRead(String attribute) {
        return ATTRIBUTES.contains(attribute);
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
