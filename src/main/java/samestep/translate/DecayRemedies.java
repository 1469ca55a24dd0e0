package samestep.translate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import samestep.compare.ValueRow;
import samestep.compare.decay.DecayComparison;
import samestep.compare.decay.DecayComparison.Relation;
import samestep.compare.decay.KernelDecay;
import samestep.recipe.ParameterName;

/** What to write in the second file so that its kernels decay as the first one's, whatever its layers are called. */
final class DecayRemedies {
    private DecayRemedies() {}

    /**
     * One for each place where the second file's number is written; each was tried by itself.
     *
     * @param edit both sides with a number replaced; empty where the file cannot be read then
     */
    static List<Remedy> of(Sides sides, DecayComparison decay, Function<Remedy, Optional<Sides>> edit) {
        if (decay.relation() != Relation.FACTOR) {
            return List.of();
        }
        KernelDecay.Part wanted = decay.source().parts().stream()
                .filter(part -> part.coefficient().isPresent())
                .findFirst()
                .orElseThrow();
        List<Remedy> remedies = new ArrayList<>();
        for (KernelDecay.Part part : decay.target().parts()) {
            if (part.coefficient().isPresent()) {
                ValueRow row = ValueRow.different(
                        "weight decay",
                        part.parameters(),
                        wanted.coefficient().orElseThrow(),
                        part.coefficient().get(),
                        wanted.unit().to(part.unit()));
                Proposals.of(List.of(row), sides.source(), sides.target()).stream()
                        .map(Proposals.Proposed::remedy)
                        .filter(Remedy::isOfTheTarget)
                        .filter(remedy -> edit.apply(remedy)
                                .filter(edited -> mends(decay, part, wanted, edited))
                                .isPresent())
                        .forEach(remedies::add);
            }
        }
        return remedies;
    }

    /** Whether these kernels decay as wanted now, and all others as before. */
    private static boolean mends(DecayComparison before, KernelDecay.Part part, KernelDecay.Part wanted, Sides edited) {
        Map<ParameterName, List<Object>> expected =
                new HashMap<>(before.target().byName());
        KernelDecay.Part meant =
                new KernelDecay.Part(part.kind(), wanted.coefficient(), wanted.unit(), part.parameters());
        expected.putAll(new KernelDecay(List.of(meant)).byName());
        return expected.equals(
                DecayComparison.of(edited.source(), edited.target()).target().byName());
    }
}
