package samestep.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import samestep.finding.Finding;
import samestep.finding.Outcome;
import samestep.finding.Place;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.syntax.python.Cell;
import samestep.syntax.python.Notebook;
import samestep.syntax.python.Notebooks;
import samestep.syntax.python.Python;
import samestep.syntax.python.PythonFile;
import samestep.text.Edit;
import samestep.text.SourceText;
import samestep.text.Span;
import samestep.text.Words;

/**
 * The text of a program: a Python file, or the code cells of a Jupyter notebook. What is read of a notebook is placed in the
 * notebook's file, where it can be changed; findings say the cell and its line too.
 */
public final class ProgramText {
    private static final Words LIBRARIES = Words.of(
            "torch",
            "keras",
            "tensorflow",
            "tf_slim",
            "tensorpack",
            "lightning",
            "timm",
            "transformers",
            "apex",
            "optax");

    private ProgramText() {}

    /** Whether a text is one by its name. */
    public static boolean isOne(SourceText source) {
        String name = source.name().toLowerCase(Locale.ROOT);
        return name.endsWith(".py") || isNotebook(source);
    }

    /**
     * Whether a program has the name of a library that trains in it. This is far cheaper than a pattern, and most of the
     * programs of a repository have none.
     */
    public static boolean mayTrain(SourceText source) {
        return isOne(source) && source.has(LIBRARIES);
    }

    private static boolean isNotebook(SourceText source) {
        return source.name().toLowerCase(Locale.ROOT).endsWith(".ipynb");
    }

    /**
     * The text to look for words in: of a notebook each line of a cell begins a line, whatever else its file says. Nothing is
     * parsed.
     */
    public static String words(SourceText source) {
        return isNotebook(source) ? source.text().replace("\\n", "\n").replace('"', '\n') : source.text();
    }

    /** The parsed file, or the cells in order; none of a notebook that is broken. */
    public static List<PythonFile> parts(SourceText source) {
        return isNotebook(source)
                ? notebook(source).map(Notebook::parts).orElse(List.of())
                : List.of(Python.parse(source));
    }

    private static Optional<Notebook> notebook(SourceText source) {
        return Notebooks.read(source).value();
    }

    /** What was read of a program, at the places of its file; of a Python file as it is. */
    public static Outcome<Recipe> inFile(SourceText source, Outcome<Recipe> read) {
        if (!isNotebook(source)) {
            return read;
        }
        Optional<Notebook> notebook = notebook(source);
        return notebook.map(n -> new Mapping(n).of(read)).orElse(read);
    }

    /** The same of findings of a program. */
    public static List<Finding> inFile(SourceText source, List<Finding> findings) {
        return findings.isEmpty()
                ? findings
                : inFile(source, new Outcome<>(Optional.<Recipe>empty(), findings))
                        .findings();
    }

    /** From the cells of a notebook to its file. */
    private record Mapping(Notebook notebook) {
        Outcome<Recipe> of(Outcome<Recipe> read) {
            return new Outcome<>(
                    read.value().map(r -> r.traced(this::quantity, this::origin, this::place)),
                    read.findings().stream().map(this::finding).toList());
        }

        private Quantity quantity(Quantity quantity) {
            return new Quantity(quantity.value(), quantity.text(), origin(quantity.origin()));
        }

        private Origin origin(Origin origin) {
            if (origin instanceof Origin.Written written) {
                return new Origin.Written(place(written.place()), written.through());
            }
            return origin instanceof Origin.Derived derived
                    ? new Origin.Derived(derived.how(), derived.from().map(this::place), derived.through())
                    : origin;
        }

        private Optional<Cell> cell(Place place) {
            return notebook.cells().stream()
                    .filter(cell ->
                            cell.file().source().name().equals(place.source().name()))
                    .findFirst();
        }

        /** All of it, or its first line where that is a string of its own. */
        private Place place(Place place) {
            Optional<Cell> cell = cell(place);
            if (cell.isEmpty()) {
                return place;
            }
            Span span = place.span();
            String text = place.text();
            int line = text.indexOf('\n');
            Span first = new Span(span.start(), line < 0 ? span.end() : span.start() + line);
            return new Place(
                    notebook.source(),
                    cell.get()
                            .inNotebook(span)
                            .or(() -> cell.get().inNotebook(first))
                            .or(() -> cell.get().inNotebook(new Span(span.start(), span.start())))
                            .orElse(new Span(0, 0)));
        }

        private Finding finding(Finding finding) {
            Optional<Cell> cell = finding.place().flatMap(this::cell);
            List<Edit> edits = new ArrayList<>();
            for (Edit edit : finding.edits()) {
                cell(new Place(edit.source(), edit.span()))
                        .<Optional<Edit>>map(c -> notebook.inFile(
                                new Edit(c.file().source(), edit.span(), edit.replacement(), edit.certainty())))
                        .orElse(Optional.of(edit))
                        .ifPresent(edits::add);
            }
            Finding moved = finding.at(finding.place().map(this::place))
                    .mendedBy(edits.size() == finding.edits().size() ? edits : List.of());
            return cell.map(c -> moved.detail("This is line "
                            + finding.place().orElseThrow().position().line() + " of cell " + c.number() + "."))
                    .orElse(moved);
        }
    }
}
