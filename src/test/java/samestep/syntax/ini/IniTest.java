package samestep.syntax.ini;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.text.Edits;
import samestep.text.SourceText;

/** Lines as Darknet's read_cfg, strip and read_option take them; edits that leave every other byte. */
class IniTest {
    private static Outcome<IniDocument> parse(String text) {
        return Ini.parse(new SourceText("a.cfg", text));
    }

    private static IniDocument read(String text) {
        return parse(text).value().orElseThrow();
    }

    @Test
    void blanksAreTakenOutEvenWithinValues() {
        SourceText source = new SourceText("a.cfg", " [ net ]\r\n\tmax_batches = 500 200 \r\nsteps=1, 2\n");
        IniDocument document = Ini.parse(source).value().orElseThrow();
        IniSection net = document.sections().get(0);
        assertEquals("net", net.name());
        assertEquals("500200", net.options().get(0).value());
        assertEquals("500 200", source.slice(net.options().get(0).valueSpan()));
        assertEquals("1,2", net.first("steps").orElseThrow().value());
    }

    @Test
    void aCommentBeginsALineOnly() {
        IniDocument document = read("# a\n ; b\n[net]\n#batch=1\nbatch=64 # images\n");
        assertEquals(
                List.of("64#images"),
                document.sections().get(0).options().stream()
                        .map(IniOption::value)
                        .toList());
    }

    @Test
    void sectionsOfOneNameStayInOrder() {
        IniDocument document = read("[net]\n[conv]\na=1\n[max]\n[conv]\na=2\na=3\n");
        assertEquals(
                List.of("net", "conv", "max", "conv"),
                document.sections().stream().map(IniSection::name).toList());
        assertEquals("2", document.sections().get(3).first("a").orElseThrow().value());
        assertEquals(2, document.sections().get(3).options().size());
    }

    @Test
    void linesThatAreNoOptionsAreFindings() {
        List<Finding> findings = parse("a=1\n[net]\nb\nc=\n[x] y\n").findings();
        assertEquals(
                List.of("a.cfg:1:1", "a.cfg:3:1", "a.cfg:4:1", "a.cfg:5:1"),
                findings.stream().map(f -> f.place().orElseThrow().toString()).toList());
        assertTrue(parse("[net]\nb\n").value().isPresent());
    }

    @Test
    void editsReplaceValuesAndPutInLines() {
        SourceText source = new SourceText("a.cfg", "[net]\r\ndecay = 0.1\r\n# end\r\n\r\n[conv]\r\nsize=3");
        IniDocument document = Ini.parse(source).value().orElseThrow();
        IniEdits edits = new IniEdits(document);
        edits.set(document.sections().get(0), "decay", "0.5");
        edits.set(document.sections().get(0), "momentum", "0.9");
        edits.set(document.sections().get(0), "policy", "constant");
        edits.set(document.sections().get(1), "pad", "1");
        assertEquals(
                "[net]\r\ndecay = 0.5\r\nmomentum = 0.9\r\npolicy = constant\r\n# end\r\n\r\n[conv]\r\nsize=3\r\npad=1",
                Edits.apply(source, edits.edits()).text());
    }

    @Test
    void allLinesOfAKeyAreTakenOut() {
        SourceText source = new SourceText("a.cfg", "[net]\na=1\nb=2\na=3");
        IniDocument document = Ini.parse(source).value().orElseThrow();
        IniEdits edits = new IniEdits(document);
        edits.remove(document.sections().get(0), "a");
        assertEquals("[net]\nb=2\n", Edits.apply(source, edits.edits()).text());
    }

    @Property(tries = 300)
    void anyTextIsReadAndAnEditReadsBack(
            @ForAll @StringLength(max = 60) @CharRange(from = 'a', to = 'c') String letters, @ForAll int seed) {
        StringBuilder text = new StringBuilder("[net]\n");
        String pieces = "=\n \t[];#\r";
        for (int i = 0; i < letters.length(); i++) {
            text.append(letters.charAt(i)).append(pieces.charAt(Math.floorMod(seed + i * 7 + letters.charAt(i), 9)));
        }
        SourceText source = new SourceText("a.cfg", text.toString());
        IniDocument document = Ini.parse(source).value().orElseThrow();
        IniSection first = document.sections().get(0);
        IniEdits edits = new IniEdits(document);
        edits.set(first, "decay", "0.25");
        SourceText changed = Edits.apply(source, edits.edits());
        IniDocument again = Ini.parse(changed).value().orElseThrow();
        assertEquals(
                "0.25", again.sections().get(0).first("decay").orElseThrow().value());
        assertEquals(document.sections().size(), again.sections().size());
        IniEdits second = new IniEdits(again);
        second.set(again.sections().get(0), "decay", "0.25");
        assertEquals(List.of(), second.edits());
    }
}
