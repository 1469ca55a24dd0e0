package samestep.recipe.version;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import samestep.finding.Place;
import samestep.text.SourceText;
import samestep.text.Span;

/** What a file of requirements, or a lock file, says of the version of a library. */
public final class LockText {
    private static final String SPEC =
            "((?:[=<>!~^]{1,3}\\s*)?[0-9][^\"'\\s;#]*(?:\\s*,\\s*[=<>!~]{1,3}[^\"'\\s;#,]+)*)";
    private static final String SIGNED =
            "([=<>!~]{1,3}\\s*[0-9][^\"'\\s;#,]*(?:\\s*,\\s*[=<>!~]{1,3}\\s*[^\"'\\s;#,]+)*)";
    private static final String EXTRAS = "(?:\\[[^\\]\\n]{0,200}\\])?\\s*";

    private LockText() {}

    /** The version of a library; empty where the file does not say it. */
    public static Optional<Installed> find(SourceText file, String library) {
        String name = Pattern.quote(Installed.normal(library)).replace("-", "\\E[-_.]+\\Q");
        Optional<Installed> found = Optional.empty();
        for (Form form : forms(file.name(), name)) {
            Matcher matcher = Pattern.compile(form.pattern, Pattern.CASE_INSENSITIVE | Pattern.MULTILINE)
                    .matcher(file.text());
            while (matcher.find()) {
                String text = matcher.group(1);
                Releases releases = Releases.parse(text, form.plain);
                Place place = new Place(file, new Span(matcher.start(1), matcher.end(1)));
                String shown = text.startsWith("==") ? text.substring(2).strip() : text;
                Installed one = new Installed(Installed.normal(library), releases, shown, Optional.of(place));
                found = Optional.of(found.map(before -> joined(before, one)).orElse(one));
            }
        }
        return found.filter(installed -> !installed.releases().isAll());
    }

    /** A file may name a library for several platforms: only what holds for all of them is known. */
    private static Installed joined(Installed one, Installed other) {
        if (one.releases().equals(other.releases())) {
            return one;
        }
        return new Installed(
                one.library(), one.releases().or(other.releases()), one.text() + " or " + other.text(), one.place());
    }

    /**
     * A way in which a version is written.
     *
     * @param pattern the version is its group
     * @param plain the sign that a number without one has
     */
    private record Form(String pattern, String plain) {}

    private static List<Form> forms(String path, String name) {
        String file = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        return switch (file) {
            case "uv.lock", "poetry.lock" ->
                List.of(new Form("^name = \"" + name + "\"\\r?\\nversion = \"([^\"\\n]{1,60})\"", "=="));
            case "Pipfile.lock" ->
                List.of(new Form("\"" + name + "\"\\s*:\\s*\\{[^{}]*?\"version\"\\s*:\\s*\"([^\"]{1,60})\"", "=="));
            case "environment.yml", "environment.yaml" ->
                List.of(new Form(
                        "^\\s*-\\s*[\"']?" + name + EXTRAS + "(={1,3}\\s*[0-9][^\"'\\s;#,=]*|[<>!~][^\"'\\s;#]*)",
                        "=="));
            case "pyproject.toml" ->
                List.of(
                        new Form("[\"']" + name + EXTRAS + SIGNED + "\\s*(?:;[^\"'\\n]*)?[\"']", "=="),
                        new Form("^" + name + "\\s*=\\s*[\"']" + SPEC, "^"),
                        new Form("^" + name + "\\s*=\\s*\\{[^}\\n]*?version\\s*=\\s*[\"']" + SPEC, "^"));
            default -> List.of(new Form("^\\s*" + name + EXTRAS + SIGNED, "=="));
        };
    }
}
