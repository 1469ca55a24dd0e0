package samestep.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import samestep.compare.ValueRow;
import samestep.compare.decay.DecayComparison.Relation;
import samestep.compare.proof.Partners;
import samestep.dialect.Dialects;
import samestep.dialect.Input;
import samestep.text.SourceText;

/** A sum over n samples has n times the gradient of a mean: decays, clips and rates of the two are in other units. */
class LossUnitsTest {
    private static final String PROGRAM = """
        import torch
        from torch import nn
        model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 2))
        optimizer = torch.optim.%s
        criterion = nn.CrossEntropyLoss(reduction="%s")
        for x, y in loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
        """;
    private static final String SUM_OF_64 = """
        task: detect
        mode: train
        optimizer: SGD
        lr0: 0.01
        momentum: 0.9
        warmup_epochs: 0
        batch: 64
        weight_decay: %s
        """;

    private static ConfigurationFile file(String name, String text) {
        return new ConfigurationFile(Dialects.named("pytorch").orElseThrow(), Input.of(new SourceText(name, text)));
    }

    private static ConfigurationFile program(String name, String optimizer, String loss) {
        return file(name, PROGRAM.formatted(optimizer, loss));
    }

    private static FileComparison compare(ConfigurationFile one, ConfigurationFile other) {
        return new FileComparer(one, other, Partners.byName()).compare().value().orElseThrow();
    }

    private static List<String> remedies(FileComparison compared) {
        return compared.remedies().stream()
                .map(r -> r.row().name() + ": " + r.text())
                .toList();
    }

    private static ValueRow row(FileComparison compared, String name) {
        return compared.rows().stream()
                .filter(r -> r.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** At a rate of 0.64 / 64 and a decay of 0.0005 * 64 the sum of 64 samples is the same training. */
    @Test
    void nothingIsAdvisedWhereTheSizeOfASumIsNotKnown() {
        FileComparison compared = compare(
                program("mean.py", "SGD(model.parameters(), lr=0.64, momentum=0.9, weight_decay=0.0005)", "mean"),
                program("sum.py", "SGD(model.parameters(), lr=0.01, momentum=0.9, weight_decay=0.032)", "sum"));

        assertEquals(List.of(), remedies(compared));
        assertEquals(Relation.OTHER_UNITS, compared.decay().relation());
        assertEquals(List.of(), compared.decayRemedies());
    }

    /** The rate of an Adam does not depend on how large its gradients are, and its decay does. */
    @Test
    void aRateThatDoesNotGrowWithTheLossIsAdvised() {
        FileComparison compared = compare(
                program("mean.py", "Adam(model.parameters(), lr=0.01, weight_decay=0.0005)", "mean"),
                program("sum.py", "Adam(model.parameters(), lr=0.001, weight_decay=0.0005)", "sum"));

        assertEquals(List.of("rate: lr: 0.01", "rate: lr: 0.001"), remedies(compared));
        assertFalse(row(compared, "L2 in the gradient").same());
    }

    @Test
    void aDecayOfASumOfKnownSizeIsComparedWithThatOfAMean() {
        ConfigurationFile mean =
                program("mean.py", "SGD(model.parameters(), lr=0.64, momentum=0.9, weight_decay=0.0005)", "mean");
        FileComparison same = compare(mean, file("args.yaml", SUM_OF_64.formatted("0.032")));
        FileComparison half = compare(mean, file("args.yaml", SUM_OF_64.formatted("0.016")));

        assertEquals(Relation.SAME, same.decay().relation());
        assertEquals(List.of(), same.decayRemedies());
        assertEquals(Relation.FACTOR, half.decay().relation());
        assertEquals("0.5", half.decay().factor().orElseThrow().toPlainString());
        assertEquals(
                List.of("0.032"),
                half.decayRemedies().stream().map(Remedy::text).toList());
        assertEquals(true, row(same, "L2 in the gradient").same());
        assertEquals(
                Optional.of("0.032"),
                half.remedies().stream()
                        .filter(Remedy::isOfTheTarget)
                        .filter(r -> r.row().name().equals("L2 in the gradient"))
                        .map(Remedy::text)
                        .findFirst());
    }

    /** Rows look for the verdict of their parameter; one whose sum had been said as a mean was not found, and was "the same". */
    @Test
    void anotherMomentumIsNotTheSameBesideASumOfKnownSize() {
        FileComparison compared = compare(
                program("mean.py", "SGD(model.parameters(), lr=0.64, momentum=0.5, weight_decay=0.0005)", "mean"),
                file("args.yaml", SUM_OF_64.formatted("0.032")));
        FileComparison turned = compare(
                file("args.yaml", SUM_OF_64.formatted("0.032")),
                program("mean.py", "SGD(model.parameters(), lr=0.64, momentum=0.5, weight_decay=0.0005)", "mean"));

        assertFalse(row(compared, "momentum").same());
        assertFalse(row(turned, "momentum").same());
    }
}
