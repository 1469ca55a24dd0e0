package samestep.check.rules;

import java.util.ArrayList;
import java.util.List;
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
 * An optimizer that is made of the parameters of a model before a layer of it is replaced, or before its name is given to
 * another model: what is new is never trained.
 */
final class OptimizerBeforeLayers implements Rule {
    private static final Pattern OPTIMIZER = Pattern.compile("\\boptim\\b|\\boptimizers?\\b");
    private static final Pattern PARAMETERS = Pattern.compile("\\bparameters\\s*\\(");
    private static final Pattern LAYER = Pattern.compile(
            "(?:\\w+\\.)*nn\\.[A-Z]\\w*|Linear|Conv[123]d|Sequential|Identity|BatchNorm[123]d|Embedding|LayerNorm|Dropout");
    private static final Pattern MODEL = Pattern.compile("(?:\\w+\\.)*(?:models|timm|nn)\\.\\w+|[A-Z]\\w*");

    @Override
    public Code code() {
        return Code.SS616;
    }

    @Override
    public List<Finding> check(Subject subject) {
        List<Finding> findings = new ArrayList<>();
        for (PythonFile file : ProgramWalk.parts(subject.source(), OPTIMIZER, PARAMETERS)) {
            block(file, file.body(), findings);
            Trees.eachStatement(
                    file.body(), statement -> Trees.blocks(statement).forEach(block -> block(file, block, findings)));
        }
        return findings;
    }

    /** One block of statements: what follows the optimizer in it is done after it. */
    private static void block(PythonFile file, List<Statement> block, List<Finding> findings) {
        for (int i = 0; i < block.size(); i++) {
            Optional<String> model = optimizedBy(block.get(i));
            List<Statement> later = block.subList(i + 1, block.size());
            // One that is made again, of the whole model, is right.
            if (model.isEmpty() || later.stream().anyMatch(s -> optimizedBy(s).equals(model))) {
                continue;
            }
            Place optimizer = new Place(file.source(), block.get(i).span());
            for (Statement statement : later) {
                replaced(statement, model.get())
                        .ifPresent(what -> findings.add(finding(file, statement, what, optimizer)));
            }
        }
    }

    /** The name of the model of whose parameters a statement makes an optimizer. */
    private static Optional<String> optimizedBy(Statement statement) {
        if (!(statement instanceof Statement.Assign assign) || !(assign.value() instanceof Expression.Call call)) {
            return Optional.empty();
        }
        boolean isOptimizer = ProgramWalk.path(call.function()).contains("optim")
                && assign.targets().stream()
                        .anyMatch(target -> ProgramWalk.last(target).contains("optim")
                                || ProgramWalk.last(target).contains("opt"));
        if (!isOptimizer || call.arguments().isEmpty()) {
            return Optional.empty();
        }
        Expression first = call.arguments().get(0).value();
        return first instanceof Expression.Call parameters
                        && ProgramWalk.called(parameters).equals("parameters")
                        && parameters.function() instanceof Expression.Attribute attribute
                        && attribute.value() instanceof Expression.Name name
                ? Optional.of(name.id())
                : Optional.empty();
    }

    /** What a statement puts into the place of a layer, or of the model itself. */
    private static Optional<String> replaced(Statement statement, String model) {
        if (!(statement instanceof Statement.Assign assign)
                || !(assign.value() instanceof Expression.Call call)
                || ProgramWalk.mentions(assign.value(), model)) {
            return Optional.empty();
        }
        String made = ProgramWalk.path(call.function());
        for (Expression target : assign.targets()) {
            String path = ProgramWalk.path(target);
            if (path.startsWith(model + ".") && LAYER.matcher(made).matches()) {
                return Optional.of(path);
            }
            if (path.equals(model) && MODEL.matcher(made).matches()) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }

    private static Finding finding(PythonFile file, Statement later, String what, Place optimizer) {
        return Finding.at(
                        new Place(file.source(), later.span()),
                        Code.SS616,
                        what + " is replaced after the optimizer was made at " + optimizer
                                + ": what is new is not trained")
                .detail("Make the optimizer when the model is whole.");
    }
}
