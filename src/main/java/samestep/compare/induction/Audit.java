package samestep.compare.induction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongSupplier;

/** Checks a theorem at points of its own: the first update, one from any related states, and those where something is zero. */
public final class Audit {
    /** Points of each case that something is zero in. */
    public static final int POINTS_OF_ZEROS = 12;

    /** The chance of an error is at most 2 to the power of minus this. */
    public static final int BITS = 64;

    /** Fewer are never taken, however small the chance. */
    static final int FEWEST_POINTS = 12;

    /** More branches than these points can reach are not proven. */
    private static final int MOST_POINTS = 20_000;

    /** Of all primes together. */
    private static final long MOST_DRAWS = 2_000_000;

    private static final int PRIMES_TO_AGREE = 2;
    private static final int MOST_OWN_PRIMES = 200;

    private final Theorem theorem;
    private final Random random;
    private String why = "";
    private long drawn;

    private Audit(Theorem theorem, Random random) {
        this.theorem = theorem;
        this.random = random;
    }

    /** Evidence, or why there is none. */
    public record Result(Optional<Evidence> evidence, String why) {}

    /** Whether a number is a prime that proofs calculate modulo. */
    public static boolean isPrimeOfKind(long number) {
        return SafePrimes.isSafe(number);
    }

    /** Checks it modulo primes that cannot be predicted. */
    public static Result of(Theorem theorem, Random random) {
        Optional<String> misfit = theorem.misfit();
        return misfit.isPresent()
                ? new Result(Optional.empty(), misfit.get())
                : of(theorem, () -> SafePrimes.draw(random), MOST_OWN_PRIMES, random);
    }

    /**
     * Checks it.
     *
     * @param primes to calculate modulo
     * @param most how many are tried; a prime modulo which a positive constant is not a square decides nothing
     */
    static Result of(Theorem theorem, LongSupplier primes, int most, Random random) {
        Audit audit = new Audit(theorem, random);
        try {
            return audit.run(primes, most);
        } catch (Unprovable e) {
            return new Result(Optional.empty(), "the equations have what induction does not prove: " + e.getMessage());
        } catch (ArithmeticException e) {
            // A constant without a value: the parser does not calculate.
            return new Result(Optional.empty(), "the equations cannot be calculated: " + e.getMessage());
        }
    }

    private Result run(LongSupplier primes, int most) {
        List<Evidence> evidence = new ArrayList<>();
        for (int i = 0; i < most && evidence.size() < PRIMES_TO_AGREE && drawn < MOST_DRAWS; i++) {
            long prime = primes.getAsLong();
            ResidueAlgebra algebra = new ResidueAlgebra(new PrimeField(prime), random);
            Optional<Evidence> found = modulo(algebra, prime);
            if (found.isEmpty() && !algebra.isUnlucky()) {
                return new Result(Optional.empty(), why);
            }
            found.ifPresent(evidence::add);
        }
        return evidence.size() < PRIMES_TO_AGREE
                ? new Result(Optional.empty(), "no prime was found modulo which all positive numbers are squares")
                : new Result(Optional.of(together(evidence)), "");
    }

    private static Evidence together(List<Evidence> all) {
        return new Evidence(
                all.stream().flatMap(e -> e.primes().stream()).toList(),
                all.stream().mapToInt(Evidence::points).min().orElseThrow(),
                all.stream().mapToInt(Evidence::decisions).max().orElseThrow(),
                all.stream().mapToInt(Evidence::degree).max().orElseThrow(),
                all.stream().mapToInt(Evidence::rootBits).max().orElseThrow());
    }

    private Optional<Evidence> modulo(ResidueAlgebra algebra, long prime) {
        algebra.census().start();
        try {
            Machine machine = new Machine(algebra, theorem.question(), MOST_DRAWS - drawn);
            machine.relate(
                    Theorem.modulo(algebra.field(), theorem.left()), Theorem.modulo(algebra.field(), theorem.right()));
            Optional<Evidence> evidence = agrees(machine) ? evidence(machine, prime) : Optional.empty();
            drawn += machine.drawn();
            return evidence;
        } catch (NoSuchRoot e) {
            why = "a constant has no root";
            return Optional.empty();
        }
    }

    private boolean agrees(Machine machine) {
        if (!machine.firstUpdatesLeaveRelatedStates(FEWEST_POINTS, Zeros.NONE)) {
            why = "the first update gives other weights, or states that are not related";
        } else if (!machine.anyUpdatesAgree(FEWEST_POINTS, Zeros.NONE)) {
            why = "an update from related states gives other weights, or states that are not related";
        } else {
            for (Zeros zeros : Zeros.ALL) {
                boolean same = machine.anyUpdatesAgree(POINTS_OF_ZEROS, zeros)
                        && (zeros.states() || machine.firstUpdatesLeaveRelatedStates(POINTS_OF_ZEROS, zeros));
                if (!same) {
                    why = "the sides differ in the case: " + zeros.words();
                    return false;
                }
            }
            return true;
        }
        return false;
    }

    /** More points, until the chance of an error is small. */
    private Optional<Evidence> evidence(Machine machine, long prime) {
        int points = FEWEST_POINTS;
        while (true) {
            Census census = machine.algebra().census();
            Evidence evidence =
                    new Evidence(List.of(prime), points, census.decisions(), census.degree(), census.rootBits());
            double each = evidence.bits() / points;
            int wanted = each <= 0 ? Integer.MAX_VALUE : (int) Math.ceil((BITS + 1.0) / PRIMES_TO_AGREE / each);
            if (wanted > MOST_POINTS) {
                why = "too many points would be needed: it has " + census.decisions() + " decisions and roots with 2^"
                        + census.rootBits() + " conjugates";
                return Optional.empty();
            }
            if (wanted <= points) {
                return Optional.of(evidence);
            }
            if (!machine.firstUpdatesLeaveRelatedStates(wanted - points, Zeros.NONE)
                    || !machine.anyUpdatesAgree(wanted - points, Zeros.NONE)) {
                why = "an update from related states gives other weights, or states that are not related";
                return Optional.empty();
            }
            points = wanted;
        }
    }
}
