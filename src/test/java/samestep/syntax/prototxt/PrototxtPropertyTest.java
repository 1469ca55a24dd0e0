package samestep.syntax.prototxt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Laws over many texts. */
class PrototxtPropertyTest {
    private static final String SOLVER = """
            # AlexNet \ud83d\ude80
            net: "train_val.prototxt"  # as 'shipped'
            base_lr: 0.01;  stepvalue: [10, 20, 0x1f]
            weight_decay: 5.e-4f, regularization_type: 'L2' "x"
            layer { name: "c\\303\\274" param { lr_mult: -1 } param: < decay_mult: .5 > }\r
            [foo.bar] { solver_mode: GPU debug_info: t momentum: - inf }
            """;

    @Property
    void anyTextIsTiled(@ForAll String text) {
        PrototxtLaws.assertHold(text);
    }

    @Property
    void anyBytesAreTiled(@ForAll byte[] bytes) {
        PrototxtLaws.assertHold(new String(bytes, StandardCharsets.UTF_8));
        PrototxtLaws.assertHold(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    @Property
    void anySequenceOfTokensIsTiled(@ForAll("tokens") String text) {
        PrototxtLaws.assertHold(text);
    }

    @Property
    void aFileWithAnythingPutInAnywhereIsTiled(
            @ForAll @IntRange(max = 280) int from,
            @ForAll @IntRange(max = 9) int length,
            @ForAll("tokens") String put) {
        int start = Math.min(from, SOLVER.length());
        int end = Math.min(start + length, SOLVER.length());
        PrototxtLaws.assertHold(SOLVER.substring(0, start) + put + SOLVER.substring(end));
    }

    @Property
    void theSameFieldsAreReadHoweverTheyAreWritten(@ForAll("files") Written file) {
        PrototxtLaws.assertHold(file.text());
        assertEquals(file.brief(), Parsed.brief(Parsed.message(file.text())));
    }

    @Property(tries = 200)
    void anEditOfAValueChangesOnlyThatValue(@ForAll("files") Written file) {
        PrototxtEditLaws.assertHold(file.text(), 20);
        if (!file.text().startsWith("\ufeff")) {
            PrototxtEditLaws.assertHold("\ufeff" + file.text(), 5);
        }
    }

    @Property
    void anyTextCanStandInAString(@ForAll("strings") Written string) {
        assertEquals(string.brief(), Parsed.scalar(string.text()).value());
    }

    /** Text, and what should be read of it. */
    record Written(String text, String brief) {}

    @Provide
    Arbitrary<String> tokens() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "<",
                        ">",
                        "[",
                        "]",
                        ":",
                        ";",
                        ",",
                        "#",
                        "'",
                        "\"",
                        "\\",
                        "\n",
                        "\r",
                        "\r\n",
                        " ",
                        "\t",
                        "-",
                        ".",
                        "/",
                        "=",
                        "{{",
                        "}}",
                        "{%",
                        "%}",
                        "${",
                        "a",
                        "lr",
                        "inf",
                        "1",
                        "0x",
                        "08",
                        "1e",
                        "5.",
                        "'x'",
                        "a: 1",
                        "a {",
                        "a: [",
                        "\ufeff",
                        "\u00a0",
                        "\ud83d\ude80",
                        "\ud83d",
                        "\0")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<Written> files() {
        Arbitrary<String> start = Arbitraries.of("", "\ufeff", "# first\n", "\r\n");
        return Combinators.combine(start, fields(3)).as((before, all) -> new Written(before + all.text(), all.brief()));
    }

    private Arbitrary<Written> fields(int depth) {
        return field(depth)
                .list()
                .ofMaxSize(4)
                .map(all -> new Written(
                        String.join("", all.stream().map(Written::text).toList()),
                        String.join(
                                " ",
                                all.stream()
                                        .map(Written::brief)
                                        .filter(brief -> !brief.isEmpty())
                                        .toList())));
    }

    private Arbitrary<Written> field(int depth) {
        Arbitrary<Written> value = depth == 0 ? scalar() : Arbitraries.oneOf(scalar(), scalar(), message(depth));
        Arbitrary<Written> single = Combinators.combine(name(), blank(), blank(), value, end())
                .as((name, one, two, given, end) ->
                        new Written(name + one + ":" + two + given.text() + end, name + "=" + given.brief()));
        return Arbitraries.oneOf(single, list(value));
    }

    private Arbitrary<Written> list(Arbitrary<Written> value) {
        return Combinators.combine(name(), blank(), value.list().ofMaxSize(3), end())
                .as((name, blank, values, end) -> new Written(
                        name + ":" + blank + "["
                                + String.join(
                                        blank + "," + blank,
                                        values.stream().map(Written::text).toList())
                                + blank + "]" + end,
                        String.join(
                                " ",
                                values.stream()
                                        .map(one -> name + "=" + one.brief())
                                        .toList())));
    }

    private Arbitrary<Written> message(int depth) {
        return Combinators.combine(Arbitraries.of(true, false), blank(), fields(depth - 1))
                .as((angle, blank, inner) -> new Written(
                        (angle ? "<" : "{") + blank + inner.text() + (angle ? ">" : "}"), "{" + inner.brief() + "}"));
    }

    private Arbitrary<Written> scalar() {
        Arbitrary<Written> plain = Arbitraries.of(
                        "1", "-2", "5.", ".5", "-1e-4", "0x1F", "017", "x", "true", "-inf", "nan")
                .map(text -> new Written(text, text));
        Arbitrary<Written> changed = Arbitraries.of(
                new Written("2f", "2"), new Written("- 3.5F", "-3.5"), new Written("'a' # b\n \"c\"", "ac"));
        return Arbitraries.oneOf(plain, changed, strings());
    }

    @Provide
    Arbitrary<Written> strings() {
        return Combinators.combine(
                        Arbitraries.strings().ofMaxLength(8),
                        Arbitraries.integers().between(0, 7))
                .as(PrototxtPropertyTest::quoted);
    }

    /** Writes every character in one of the ways that are legal for it. */
    private static Written quoted(String any, int way) {
        String value = new String(any.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder("'");
        int count = way;
        for (int codePoint : value.codePoints().toArray()) {
            boolean plain = codePoint != '\n' && codePoint != '\'' && codePoint != '\\';
            switch (count++ % 4) {
                case 0 -> text.append(String.format("\\U%08x", codePoint));
                case 1 ->
                    new String(Character.toChars(codePoint))
                            .chars()
                            .forEach(unit -> text.append(String.format("\\u%04X", unit)));
                case 2 -> bytes(codePoint, text);
                default ->
                    text.append(plain ? new String(Character.toChars(codePoint)) : String.format("\\%03o", codePoint));
            }
        }
        return new Written(text.append('\'').toString(), value);
    }

    private static void bytes(int codePoint, StringBuilder text) {
        for (byte one : new String(Character.toChars(codePoint)).getBytes(StandardCharsets.UTF_8)) {
            text.append(String.format(one % 2 == 0 ? "\\x%02x" : "\\%03o", one & 0xff));
        }
    }

    private static Arbitrary<String> name() {
        return Arbitraries.of("a", "lr_mult", "True", "inf", "_1", "[foo.bar]");
    }

    private static Arbitrary<String> blank() {
        return Arbitraries.of("", "", " ", "\n", "\t", " # c {\n", "\r\n", "\r");
    }

    private static Arbitrary<String> end() {
        return Arbitraries.of(" ", "\n", "\r\n", ";", " , ", " # c\n", ",# }\r\n");
    }
}
