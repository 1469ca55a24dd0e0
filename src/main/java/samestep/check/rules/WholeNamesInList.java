package samestep.check.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.syntax.python.PythonFile;
import samestep.syntax.python.Trees;
import samestep.syntax.python.tree.Expression;
import samestep.syntax.python.tree.Statement;

/**
 * {@code [p for n, p in model.named_parameters() if n not in no_decay]} with words such as {@code bias}: no whole name of a
 * parameter is in the list, so that everything is decayed.
 */
final class WholeNamesInList implements Rule {
    private static final Pattern NAMES = Pattern.compile("\\bnamed_parameters\\b");
    private static final Pattern WORDS = Pattern.compile("\\bin\\s+\\w+|\\bin\\s*[\\[({]");

    @Override
    public Code code() {
        return Code.SS617;
    }

    @Override
    public List<Finding> check(Subject subject) {
        List<PythonFile> parts = ProgramWalk.parts(subject.source(), NAMES, WORDS);
        Map<String, ProgramWalk.Assigned> assigned = ProgramWalk.assigned(parts);
        List<Finding> findings = new ArrayList<>();
        for (PythonFile file : parts) {
            ProgramWalk.each(file, expression -> {
                if (expression instanceof Expression.Comprehension comprehension) {
                    comprehension
                            .clauses()
                            .forEach(clause -> name(file, clause.target(), clause.iterable(), assigned)
                                    .ifPresent(name -> clause.conditions()
                                            .forEach(test -> test(file, name, test, assigned, findings))));
                }
            });
            Trees.eachStatement(file.body(), statement -> {
                if (statement instanceof Statement.For loop) {
                    name(file, loop.target(), loop.iterable(), assigned)
                            .ifPresent(name -> loop.body().stream()
                                    .filter(Statement.If.class::isInstance)
                                    .forEach(inner ->
                                            test(file, name, ((Statement.If) inner).test(), assigned, findings)));
                }
            });
        }
        // The two groups of one optimizer are one mistake.
        return findings.isEmpty() ? findings : List.of(findings.get(0));
    }

    /** What a loop over named parameters calls the name. */
    private static Optional<String> name(
            PythonFile file, Expression target, Expression iterable, Map<String, ProgramWalk.Assigned> assigned) {
        Expression from = ProgramWalk.value(iterable, file.source(), assigned).value();
        boolean isNamed = ProgramWalk.has(from, e -> ProgramWalk.called(e).equals("named_parameters"));
        return isNamed
                        && target instanceof Expression.Tuple tuple
                        && tuple.elements().size() == 2
                        && tuple.elements().get(0) instanceof Expression.Name name
                ? Optional.of(name.id())
                : Optional.empty();
    }

    private static void test(
            PythonFile file,
            String name,
            Expression test,
            Map<String, ProgramWalk.Assigned> assigned,
            List<Finding> findings) {
        Trees.eachExpression(test, e -> {
            if (e instanceof Expression.Comparison comparison
                    && comparison.operators().size() == 1
                    && comparison.operators().get(0).endsWith("in")
                    && comparison.first() instanceof Expression.Name first
                    && first.id().equals(name)
                    && ProgramWalk.words(ProgramWalk.value(comparison.others().get(0), file.source(), assigned))
                            .filter(words -> words.stream().allMatch(WholeNamesInList::isPartOfNames))
                            .isPresent()) {
                findings.add(finding(new Place(file.source(), comparison.span()), comparison));
            }
        });
    }

    private static Finding finding(Place place, Expression.Comparison comparison) {
        boolean isNegated = comparison.operators().get(0).startsWith("not");
        return Finding.at(
                        place,
                        Code.SS617,
                        place.text().replaceAll("\\s+", " ") + " is " + (isNegated ? "true" : "false")
                                + " of every parameter: the list has parts of names, and whole names are compared")
                .detail("Everything is decayed, biases and normalisations too."
                        + " Parts of names are found by any(word in name for word in the_list).");
    }

    /** A word that is a part of names, such as {@code bias}, and no name of a parameter of a model of several layers. */
    private static boolean isPartOfNames(String word) {
        return word.indexOf('.') < 0
                || word.startsWith(".")
                || word.toLowerCase(Locale.ROOT).startsWith("layernorm.");
    }
}
