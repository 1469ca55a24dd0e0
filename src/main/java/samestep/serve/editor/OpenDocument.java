package samestep.serve.editor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.jspecify.annotations.Nullable;
import samestep.check.PairComparisons;
import samestep.compare.ValueRow;
import samestep.explain.Explanation;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.finding.Severity;
import samestep.text.SourceText;
import samestep.text.Span;
import samestep.translate.FileComparison;

/** A text as in the editor, and what is known of it; computed on request, once, by one thread. */
final class OpenDocument {
    private final SourceText text;
    private final Workspace workspace;
    private @Nullable List<Finding> findings;
    private @Nullable List<PairComparisons.Pair> pairs;
    private @Nullable Optional<Explanation> explanation;

    OpenDocument(SourceText text, Workspace workspace) {
        this.text = text;
        this.workspace = workspace;
    }

    /** The same text, of which nothing is known yet: another file has changed. */
    OpenDocument reread() {
        return new OpenDocument(text, workspace);
    }

    private List<Finding> findings() {
        if (findings == null) {
            findings = workspace.findings(text).stream()
                    .filter(finding -> finding.place().filter(this::isHere).isPresent())
                    .toList();
        }
        return findings;
    }

    private List<PairComparisons.Pair> pairs() {
        if (pairs == null) {
            pairs = workspace.pairs(text);
        }
        return pairs;
    }

    private Optional<Explanation> explanation() {
        if (explanation == null) {
            explanation = workspace.explanation(text);
        }
        return explanation;
    }

    private boolean isHere(Place place) {
        return place.source().name().equals(text.name());
    }

    /** Everything that was found, with its code. */
    List<Diagnostic> diagnostics() {
        return findings().stream().map(this::diagnostic).toList();
    }

    private Diagnostic diagnostic(Finding finding) {
        Diagnostic diagnostic = new Diagnostic(
                Positions.range(text, finding.place().orElseThrow().span()),
                String.join(
                        "\n",
                        Stream.concat(Stream.of(finding.message()), finding.details().stream())
                                .toList()));
        diagnostic.setSeverity(severity(finding.severity()));
        diagnostic.setCode(finding.code().name());
        diagnostic.setSource("samestep");
        return diagnostic;
    }

    private static org.eclipse.lsp4j.DiagnosticSeverity severity(Severity severity) {
        return switch (severity) {
            case ERROR -> org.eclipse.lsp4j.DiagnosticSeverity.Error;
            case WARNING -> org.eclipse.lsp4j.DiagnosticSeverity.Warning;
            case NOTE -> org.eclipse.lsp4j.DiagnosticSeverity.Information;
        };
    }

    /** What mends the findings of a range; a fix is all edits of a finding, in this file and in others. */
    List<CodeAction> fixes(Range range) {
        int start = Positions.offset(text, range.getStart());
        int end = Positions.offset(text, range.getEnd());
        List<CodeAction> actions = new ArrayList<>();
        for (Finding finding : findings()) {
            Span span = finding.place().orElseThrow().span();
            if (!finding.edits().isEmpty() && span.start() <= end && start <= span.end()) {
                actions.add(fix(finding));
            }
        }
        return actions;
    }

    private CodeAction fix(Finding finding) {
        Map<String, List<TextEdit>> edits = new LinkedHashMap<>();
        boolean exact = true;
        for (samestep.text.Edit edit : finding.edits()) {
            edits.computeIfAbsent(uri(edit.source().name()), name -> new ArrayList<>())
                    .add(new TextEdit(Positions.range(edit.source(), edit.span()), edit.replacement()));
            exact &= edit.certainty() == samestep.text.Edit.Certainty.EXACT;
        }
        samestep.text.Edit first = finding.edits().get(0);
        String what = finding.edits().size() == 1 && !first.replacement().contains("\n")
                ? "write " + first.replacement()
                : finding.edits().size() + " changes";
        CodeAction action =
                new CodeAction("Samestep: " + what + (exact ? "" : " (not proven)") + " [" + finding.code() + "]");
        action.setKind(CodeActionKind.QuickFix);
        action.setDiagnostics(List.of(diagnostic(finding)));
        action.setEdit(new WorkspaceEdit(edits));
        action.setIsPreferred(exact);
        return action;
    }

    /** What the number at a position does; empty where there is none. */
    Optional<Hover> hover(Position position) {
        return explanation()
                .flatMap(known -> NumberWords.at(known, text.name(), Positions.offset(text, position)))
                .map(said -> new Hover(
                        new MarkupContent(MarkupKind.MARKDOWN, said.words()),
                        Positions.range(text, said.place().span())));
    }

    /** A line above the text for each declared pair that it is of. */
    List<CodeLens> lenses() {
        Range top = new Range(new Position(0, 0), new Position(0, 0));
        return pairs().stream()
                .map(pair -> new CodeLens(top, new Command(words(pair), ""), null))
                .toList();
    }

    private static String words(PairComparisons.Pair pair) {
        String both = pair.source() + " and " + pair.target();
        return pair.comparison()
                .map(comparison -> comparison.isSameTraining()
                        ? both + ": the same training"
                        : both + ": not the same training, "
                                + comparison.comparison().verdict().kind().words())
                .orElse(both + ": one cannot be read");
    }

    /** The places of the value at a position in the other files of its pairs. */
    List<Location> partners(Position position) {
        int offset = Positions.offset(text, position);
        List<Location> found = new ArrayList<>();
        for (PairComparisons.Pair pair : pairs()) {
            for (ValueRow row : pair.comparison().map(FileComparison::rows).orElse(List.of())) {
                partner(row.source(), row.target(), offset).ifPresent(found::add);
                partner(row.target(), row.source(), offset).ifPresent(found::add);
            }
        }
        return found.stream().distinct().toList();
    }

    private Optional<Location> partner(ValueRow.Side here, ValueRow.Side there, int offset) {
        return here.place()
                .filter(this::isHere)
                .filter(place ->
                        place.span().start() <= offset && offset <= place.span().end())
                .flatMap(place -> there.place())
                .map(place -> new Location(uri(place.source().name()), Positions.range(place.source(), place.span())));
    }

    private static String uri(String file) {
        return Path.of(file).toAbsolutePath().toUri().toString();
    }
}
