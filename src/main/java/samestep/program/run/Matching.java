package samestep.program.run;

import java.util.List;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Circumstances.Condition;
import samestep.program.value.Value;
import samestep.syntax.python.tree.Pattern;
import samestep.syntax.python.tree.Statement;

/** Executes {@code match}: values and captures are decided, other patterns are conditions that are not known. */
final class Matching {
    private final Machine machine;
    private final Executor executor;

    Matching(Machine machine, Executor executor) {
        this.machine = machine;
        this.executor = executor;
    }

    Flow match(Statement.Match match) {
        Value subject = executor.eval(match.subject());
        return from(match, subject, 0);
    }

    private Flow from(Statement.Match match, Value subject, int index) {
        if (index == match.cases().size()) {
            return Flow.NORMAL;
        }
        Statement.Case one = match.cases().get(index);
        Optional<Boolean> matches = matches(one.pattern(), subject);
        Value test =
                machine.unknown("a pattern", machine.frame.place(match.subject().span()));
        if (matches.orElse(true) && one.guard().isPresent()) {
            test = executor.eval(one.guard().get());
            Optional<Boolean> guard = machine.truth(test);
            matches = guard.isPresent() && !guard.get() ? guard : matches.isPresent() ? guard : matches;
        }
        if (matches.isPresent()) {
            return matches.get() ? executor.block(one.body()) : from(match, subject, index + 1);
        }
        Place place = one.body().isEmpty()
                ? machine.frame.place(match.subject().span())
                : machine.frame.place(one.body().get(0).span());
        return machine.fork(
                new Condition(place, test, true),
                () -> executor.block(one.body()),
                () -> from(match, subject, index + 1));
    }

    private Optional<Boolean> matches(Pattern pattern, Value subject) {
        if (pattern instanceof Pattern.Wildcard) {
            return Optional.of(true);
        }
        if (pattern instanceof Pattern.Capture capture) {
            Optional<Boolean> inner =
                    capture.pattern().map(p -> matches(p, subject)).orElse(Optional.of(true));
            machine.touch(machine.frame.scope);
            machine.frame.scope.bind(capture.name(), subject);
            return inner;
        }
        if (pattern instanceof Pattern.Value value) {
            return machine.comparing.equal(subject, executor.eval(value.value()));
        }
        if (pattern instanceof Pattern.Or or) {
            List<Optional<Boolean>> results =
                    or.alternatives().stream().map(p -> matches(p, subject)).toList();
            if (results.stream().anyMatch(r -> r.orElse(false))) {
                return Optional.of(true);
            }
            return results.stream().allMatch(Optional::isPresent) ? Optional.of(false) : Optional.empty();
        }
        return Optional.empty();
    }
}
