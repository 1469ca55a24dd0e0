package samestep.syntax.yaml;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import samestep.text.SourceText;

/** Laws over many texts, with SnakeYAML's own composer for a second opinion. */
class YamlPropertyTest {
    private static final String CONFIGURATION = """
            # a comment
            base: &base {lr: 1e-4, betas: [0.9, 0.999], "name": 'x \u00e9 \ud83d\ude80'}
            optimizer:
              <<: *base
              weight_decay: 0.05  # on all
              shape: !!python/tuple [1, 2]
            steps:
            - 30
            - {at: 60, lr: ~}
            text: |
              two
              lines
            """;

    @Property
    void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
        YamlLaws.assertReadOrRefused(new String(bytes, StandardCharsets.ISO_8859_1));
        YamlLaws.assertReadOrRefused("a: " + new String(bytes, StandardCharsets.UTF_8));
    }

    @Property
    void aSequenceOfTokensIsReadAsSnakeYamlReadsIt(@ForAll("tokens") String text) {
        assertAgreement(text);
        assertAgreement("[" + text + "]");
        assertAgreement("a: " + text);
    }

    @Property
    void aFileWithAnythingPutInAnywhereIsReadAsSnakeYamlReadsIt(
            @ForAll @IntRange(max = 260) int from,
            @ForAll @IntRange(max = 3) int length,
            @ForAll("tokens") String put) {
        int start = Math.min(from, CONFIGURATION.length());
        int end = Math.min(start + length, CONFIGURATION.length());
        assertAgreement(CONFIGURATION.substring(0, start) + put + CONFIGURATION.substring(end));
    }

    @Property
    void anEditChangesItsValueOnly(@ForAll boolean windows, @ForAll boolean mark) {
        String text = windows ? CONFIGURATION.replace("\n", "\r\n") : CONFIGURATION;
        YamlLaws.assertEditsHold(new SourceText("test", (mark ? "\ufeff" : "") + text), 100);
    }

    private static void assertAgreement(String text) {
        YamlLaws.assertReadOrRefused(text).value().ifPresent(documents -> SecondOpinion.assertAgrees(text, documents));
    }

    @Provide
    Arbitrary<String> tokens() {
        return Arbitraries.of(List.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        ": ",
                        "- ",
                        "-",
                        "? ",
                        "\"",
                        "'",
                        "\\",
                        "\n",
                        "\n  ",
                        " ",
                        "\t",
                        "\r\n",
                        "&a ",
                        "*a",
                        "*base",
                        "!!str ",
                        "! ",
                        "!<x> ",
                        "| \n",
                        ">-\n ",
                        "# c\n",
                        "---\n",
                        "...\n",
                        "%YAML 1.1\n",
                        "<<: ",
                        "a",
                        "b",
                        "1",
                        "1e-4",
                        "~",
                        "\u00e9",
                        "\ud83d\ude80",
                        "\u0085",
                        "\u2028",
                        "@",
                        "`"))
                .list()
                .ofMaxSize(9)
                .map(tokens -> String.join("", tokens));
    }
}
