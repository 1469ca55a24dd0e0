package samestep.program;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import samestep.program.value.Value;

/**
 * The definitions of a program that a framework's writer has put there, known by their whole texts: for
 * {@link World#definition}. One whose names mean something else in the file is not known.
 */
public final class KnownTexts {
    private static final Pattern WORD = Pattern.compile("(?<![\\w.])[A-Za-z_]\\w*");

    private final Function<String, Optional<String>> named;
    private final Set<String> asked = new LinkedHashSet<>();

    /**
     * @param named what a text defines, by a name that no import can give; empty for any other text
     */
    public KnownTexts(Function<String, Optional<String>> named) {
        this.named = named;
    }

    /**
     * What a definition is; empty if it is the program's own.
     *
     * @param text all of it
     * @param names what a name is bound to in the file at that place
     */
    public Optional<Value> definition(String text, Function<String, Optional<Value>> names) {
        Optional<String> ours = named.apply(text);
        Set<String> libraries = new LinkedHashSet<>();
        for (String word : ours.isEmpty() ? List.<String>of() : words(text)) {
            Optional<Value> bound = names.apply(word);
            if (bound.isPresent() && !isLibrary(bound.get(), word)) {
                return Optional.empty();
            }
            bound.ifPresent(library -> libraries.add(word));
        }
        asked.addAll(libraries);
        return ours.map(Value.Library::of);
    }

    /** A library that these definitions use, and whose name a file of the program binds to something else after them. */
    public Optional<String> rebound(Trace trace) {
        return asked.stream().filter(word -> isElse(trace, word)).findFirst();
    }

    private static boolean isElse(Trace trace, String word) {
        List<Value> bound = Stream.concat(
                        trace.binding(word).stream(),
                        trace.modules().stream().flatMap(module -> module.scope().find(word).stream()))
                .toList();
        return bound.isEmpty() || !bound.stream().allMatch(value -> isLibrary(value, word));
    }

    private static List<String> words(String text) {
        return WORD.matcher(text).results().map(MatchResult::group).distinct().toList();
    }

    private static boolean isLibrary(Value value, String name) {
        return value instanceof Value.Library library && library.name().equals(name);
    }
}
