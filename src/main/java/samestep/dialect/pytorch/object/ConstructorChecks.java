package samestep.dialect.pytorch.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.pytorch.object.PytorchDefaults.Known;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Outcome;

/**
 * What the constructor of an optimizer refuses. It looks at its own arguments, and not at those of groups, which may
 * differ. Source: torch/optim/sgd.py, SGD.__init__; timm/optim/sgdw.py has the same.
 */
public final class ConstructorChecks {
    private ConstructorChecks() {}

    /** The configuration, with a finding where its optimizer cannot be constructed. */
    public static Outcome<PytorchConfiguration> accepted(PytorchConfiguration configuration) {
        Optional<Known> sgd = PytorchDefaults.of(configuration.optimizer().classPath())
                .filter(known -> known.equations().equals("SGD"));
        List<Finding> findings = new ArrayList<>();
        sgd.ifPresent(known -> nesterov(configuration.optimizer(), known, findings));
        return Outcome.of(configuration, findings);
    }

    private static void nesterov(PytorchObject optimizer, Known known, List<Finding> findings) {
        // What is wrong with the numbers themselves is reported where they are read.
        PytorchUpdate update = new PytorchUpdate(optimizer, known, new ArrayList<>());
        boolean isPlain = update.number("momentum").decimal().signum() <= 0;
        boolean isDampened = !update.number("dampening").isZero();
        if (update.isOn("nesterov") && (isPlain || isDampened)) {
            findings.add(Finding.of(
                            Code.SS004,
                            known.owner() + "'s " + known.className() + " refuses nesterov "
                                    + (isPlain ? "without a momentum" : "with a dampening"))
                    .at(optimizer.get("nesterov").flatMap(PytorchValue::place).or(optimizer::place))
                    .detail(
                            isPlain
                                    ? "Write a momentum above 0, or nesterov false: the steps are those without it."
                                    : "Write dampening 0, or nesterov false."));
        }
    }
}
