package samestep.compare.induction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import samestep.equation.Fraction;

/** Proves a question again, with a relation in exact numbers and enough points for an error that is stated. */
public final class Certifier {
    /** What is drawn of the certificate's own points. */
    public static final long SEED = 20261129;

    /** So many bits have numerator and denominator of a relation's numbers together, at most. */
    private static final int PRIMES_OF_RELATION = 4;

    private Certifier() {}

    /** What came of it: a theorem with its evidence, or why there is none. */
    public record Result(Optional<Theorem> theorem, Optional<Evidence> evidence, String why) {
        static Result none(String why) {
            return new Result(Optional.empty(), Optional.empty(), why);
        }
    }

    /** Proves it. */
    public static Result prove(Question question) {
        try {
            Random random = new Random(SEED);
            Optional<Theorem> theorem = theorem(question, random);
            return theorem.isEmpty()
                    ? Result.none("induction does not prove it, or not by a relation whose numbers are fractions")
                    : prove(theorem.get(), random);
        } catch (Unprovable e) {
            return Result.none("the equations have what induction does not prove: " + e.getMessage());
        }
    }

    private static Result prove(Theorem theorem, Random random) {
        List<Long> primes = new ArrayList<>();
        for (long prime : PrimeField.PRIMES) {
            primes.add(prime);
        }
        Audit.Result result = Audit.of(theorem, primes.iterator()::next, primes.size(), random);
        return new Result(result.evidence().map(e -> theorem), result.evidence(), result.why());
    }

    private static Optional<Theorem> theorem(Question question, Random random) {
        List<Long> primes = new ArrayList<>();
        List<List<Relation>> left = new ArrayList<>();
        List<List<Relation>> right = new ArrayList<>();
        for (int i = 0; i < PrimeField.PRIMES.length && primes.size() < PRIMES_OF_RELATION; i++) {
            ResidueAlgebra algebra = new ResidueAlgebra(new PrimeField(PrimeField.PRIMES[i]), random);
            try {
                Attempt attempt = new Attempt(algebra, question, false);
                if (attempt.succeeds()) {
                    primes.add(PrimeField.PRIMES[i]);
                    left.add(attempt.leftRelations());
                    right.add(attempt.rightRelations());
                }
            } catch (NoSuchRoot e) {
                // A constant has no root modulo this prime.
            }
        }
        if (primes.size() < PRIMES_OF_RELATION) {
            return Optional.empty();
        }
        Optional<List<ExactRelation>> ours = exact(left, primes);
        Optional<List<ExactRelation>> theirs = exact(right, primes);
        return ours.isPresent() && theirs.isPresent()
                ? Optional.of(new Theorem(question, ours.get(), theirs.get()))
                : Optional.empty();
    }

    private static Optional<List<ExactRelation>> exact(List<List<Relation>> all, List<Long> primes) {
        List<ExactRelation> exact = new ArrayList<>();
        for (int i = 0; i < all.get(0).size(); i++) {
            int state = i;
            Optional<ExactRelation> one =
                    exactly(all.stream().map(relations -> relations.get(state)).toList(), primes);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            exact.add(one.get());
        }
        return Optional.of(exact);
    }

    /** One state's relation, as it is modulo each prime. */
    private static Optional<ExactRelation> exactly(List<Relation> relations, List<Long> primes) {
        Relation first = relations.get(0);
        if (relations.stream().anyMatch(r -> r.getClass() != first.getClass())) {
            return Optional.empty();
        }
        if (first instanceof Relation.Power) {
            List<Relation.Power> powers =
                    relations.stream().map(Relation.Power.class::cast).toList();
            Optional<Fraction> start =
                    Reconstruction.of(powers.stream().map(Relation.Power::start).toList(), primes);
            Optional<Fraction> base =
                    Reconstruction.of(powers.stream().map(Relation.Power::base).toList(), primes);
            return start.flatMap(s -> base.map(b -> new ExactRelation.Power(s, b)));
        }
        if (first instanceof Relation.Multiple multiple) {
            List<Relation.Multiple> multiples =
                    relations.stream().map(Relation.Multiple.class::cast).toList();
            boolean same = multiples.stream()
                    .allMatch(m -> m.state() == multiple.state() && m.rateExponent() == multiple.rateExponent());
            Optional<Fraction> factor = Reconstruction.of(
                    multiples.stream().map(Relation.Multiple::factor).toList(), primes);
            return same
                    ? factor.map(f -> new ExactRelation.Multiple(multiple.state(), f, multiple.rateExponent()))
                    : Optional.empty();
        }
        return Optional.of(new ExactRelation.Free());
    }
}
