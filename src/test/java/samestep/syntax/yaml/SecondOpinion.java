package samestep.syntax.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.StringReader;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Our values beside the nodes that SnakeYAML's own composer makes of the same text. */
final class SecondOpinion {
    private SecondOpinion() {}

    static void assertAgrees(String text, List<YamlValue> documents) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setTagInspector(tag -> true);
        options.setNestingDepthLimit(Yaml.MAX_DEPTH + 1);
        String plain = text.startsWith("\ufeff") ? text.substring(1) : text;
        int read = 0;
        for (Node node :
                new org.yaml.snakeyaml.Yaml(new SafeConstructor(options)).composeAll(new StringReader(plain))) {
            assertAgrees(node, documents.get(read++));
        }
        assertEquals(read, documents.size());
    }

    private static void assertAgrees(Node node, YamlValue value) {
        YamlValue resolved = value.resolved();
        if (node instanceof MappingNode mapping) {
            List<YamlEntry> entries = ((YamlMapping) resolved).entries();
            assertEquals(mapping.getValue().size(), entries.size());
            for (int i = 0; i < entries.size(); i++) {
                NodeTuple tuple = mapping.getValue().get(i);
                assertEquals(
                        ((ScalarNode) tuple.getKeyNode()).getValue(),
                        entries.get(i).name());
                assertAgrees(tuple.getValueNode(), entries.get(i).value());
            }
        } else if (node instanceof SequenceNode sequence) {
            List<YamlValue> elements = ((YamlSequence) resolved).elements();
            assertEquals(sequence.getValue().size(), elements.size());
            for (int i = 0; i < elements.size(); i++) {
                assertAgrees(sequence.getValue().get(i), elements.get(i));
            }
        } else {
            assertEquals(((ScalarNode) node).getValue(), ((YamlScalar) resolved).text());
        }
    }
}
