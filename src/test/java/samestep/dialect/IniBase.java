package samestep.dialect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import samestep.syntax.ini.Ini;
import samestep.syntax.ini.IniDocument;
import samestep.syntax.ini.IniEdits;
import samestep.syntax.ini.IniOption;
import samestep.syntax.ini.IniSection;
import samestep.text.Edits;
import samestep.text.SourceText;

/**
 * A file of one level of sections: the first has no prefix; a path of any section is changed in the second. A path of a section
 * that the file does not have changes nothing.
 */
record IniBase(String name, SourceText text) implements BaseFile {
    private static final String ANY = "x";

    static IniBase read(Path path) throws IOException {
        return new IniBase(path.toString(), new SourceText(path.toString(), Files.readString(path)));
    }

    private IniDocument document() {
        return Ini.parse(text).value().orElseThrow();
    }

    private static Optional<IniSection> section(IniDocument document, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return Optional.of(document.sections().get(0));
        }
        String wanted = path.substring(0, dot);
        return wanted.equals(ANY)
                ? Optional.of(document.sections().get(1))
                : document.sections().stream()
                        .filter(s -> s.name().equals(wanted))
                        .findFirst();
    }

    private static String key(String path) {
        return path.substring(path.indexOf('.') + 1);
    }

    @Override
    public Optional<String> value(String path) {
        return section(document(), path).flatMap(s -> s.first(key(path))).map(IniOption::value);
    }

    @Override
    public SourceText with(String path, String value) {
        IniDocument document = document();
        IniEdits edits = new IniEdits(document);
        section(document, path).ifPresent(section -> edits.set(section, key(path), value));
        return Edits.apply(text, edits.edits());
    }
}
