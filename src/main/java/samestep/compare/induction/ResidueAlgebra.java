package samestep.compare.induction;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import samestep.compare.induction.Residue.Counted;
import samestep.equation.Comparison;
import samestep.equation.Fraction;
import samestep.equation.Function;
import samestep.equation.Operator;
import samestep.equation.Reduction;
import samestep.equation.run.ArrayAlgebra;

/**
 * Equations evaluated modulo a prime. A root is the one of {@link PrimeField}. The order of two numbers is decided by
 * whether their difference is a square: as for real numbers it does not change when both are scaled by a positive number
 * or shifted, and it is as good as drawn by lot, so that over many points every combination of branches is taken. Constants
 * are ordered as they are. The power of the number of updates is a free variable for each base, with the rules of powers.
 */
final class ResidueAlgebra extends ArrayAlgebra<Residue> {
    /** What {@link #decisions} is where nothing was decided. */
    static final long NO_DECISION = 1;

    /** So many conjugates that nothing follows. */
    private static final int MANY = 1 << 30;

    private final PrimeField field;
    private final Random random;
    private final Map<Long, Long> powers = new HashMap<>();
    private final Map<Long, Boolean> ties = new HashMap<>();
    private final Set<Long> roots = new HashSet<>();
    private final Map<BigDecimal, Residue[]> numbers = new HashMap<>();
    private long counter;
    private long decisions;
    private int rootBits;
    private boolean unlucky;
    private boolean polynomial = true;
    private boolean lenient;
    private final Census census = new Census();
    private final Residue zero;
    private final Residue one;
    /** -1, 0, 1. */
    private final Residue[] signs;

    ResidueAlgebra(PrimeField field, Random random) {
        this.field = field;
        this.random = random;
        this.zero = constant(Fraction.ZERO);
        this.one = constant(Fraction.ONE);
        this.signs = new Residue[] {constant(Fraction.ONE.negated()), zero, one};
        numbers.put(BigDecimal.ZERO, new Residue[] {zero});
        numbers.put(BigDecimal.ONE, new Residue[] {one});
    }

    /** Forgets the powers and the order of the last point, and draws another number of updates. */
    void nextPoint() {
        powers.clear();
        ties.clear();
        decisions = NO_DECISION;
        rootBits = 0;
        roots.clear();
        counter = draw();
        census.nextPoint();
    }

    /** A number for all the decisions about order since the last point; equal for equal decisions. */
    long decisions() {
        return decisions;
    }

    /** The logarithm to base 2 of how many conjugates the roots since the last point have at most; equal ones count once. */
    int rootBits() {
        return rootBits;
    }

    /** Whether a positive constant was met that is not a square: what differs then need not differ. */
    boolean isUnlucky() {
        return unlucky;
    }

    /**
     * Whether all points so far were sums and products of what was drawn: no root, no decision, no division but by constants. What is equal
     * then is the same polynomial on both sides, and so equal at zeros too.
     */
    boolean isPolynomial() {
        return polynomial;
    }

    /** Whether every residue has a root: for values that nothing is concluded from. */
    void setLenient(boolean value) {
        lenient = value;
    }

    /** How many updates came before, whatever their number. */
    Residue[] updates() {
        return new Residue[] {new Residue(counter, new Counted(Fraction.ONE, Fraction.ZERO), 1, 0)};
    }

    /** A random residue other than zero. */
    long draw() {
        return 1 + random.nextLong(field.size() - 1);
    }

    /** A random number that is positive. */
    Residue[] drawPositive() {
        long root = draw();
        return new Residue[] {Residue.square(field.multiply(root, root))};
    }

    /** A base to the power of the number of updates. */
    long powerOfUpdates(long base) {
        return powers.computeIfAbsent(base, b -> {
            if (!field.isPositive(b)) {
                throw new Unprovable("a power of a number that is not positive");
            }
            return b == 1 ? 1 : drawPositive()[0].value();
        });
    }

    /** What the points so far had of roots and decisions. */
    Census census() {
        return census;
    }

    PrimeField field() {
        return field;
    }

    @Override
    public Residue[] number(BigDecimal value) {
        return numbers.computeIfAbsent(value, number -> {
            if (Math.abs((long) number.scale()) > 400) {
                throw new Unprovable("a number with more than 400 digits");
            }
            return new Residue[] {constant(Fraction.of(number))};
        });
    }

    private Residue constant(Fraction value) {
        return counted(field.of(value), Counted.constant(value));
    }

    private Residue counted(long value, Counted known) {
        int degree = known.isConstant() ? 0 : 1;
        if (known.isTooLong()) {
            return Residue.unknown(value, degree, 0);
        }
        if (known.isConstant() && known.offset().sign() != 0) {
            unlucky |= field.isPositive(value) != known.offset().sign() > 0;
        }
        return new Residue(value, known, degree, 0);
    }

    @Override
    protected Residue[] array(int size) {
        return new Residue[size];
    }

    @Override
    protected Residue zero() {
        return zero;
    }

    @Override
    protected Residue one() {
        return one;
    }

    @Override
    protected boolean isZero(Residue value) {
        polynomial &= value.known() != null;
        return value.value() == 0;
    }

    @Override
    protected Residue negated(Residue value) {
        return minus(zero, value);
    }

    @Override
    protected Residue calculate(Operator operator, Residue left, Residue right) {
        return switch (operator) {
            case ADD -> plus(left, right);
            case SUBTRACT -> minus(left, right);
            case MULTIPLY -> times(left, right);
            case DIVIDE -> by(left, right);
        };
    }

    private Residue plus(Residue a, Residue b) {
        long value = field.add(a.value(), b.value());
        Counted ours = a.known();
        Counted theirs = b.known();
        return ours != null && theirs != null
                ? counted(value, ours.plus(theirs))
                : Residue.unknown(value, a.degreeOfDifference(b), a.down() + b.down());
    }

    private Residue minus(Residue a, Residue b) {
        long value = field.subtract(a.value(), b.value());
        Counted ours = a.known();
        Counted theirs = b.known();
        return ours != null && theirs != null
                ? counted(value, ours.plus(theirs.negated()))
                : Residue.unknown(value, a.degreeOfDifference(b), a.down() + b.down());
    }

    private Residue times(Residue a, Residue b) {
        if (a == one || b == one) {
            return a == one ? b : a;
        }
        long value = field.multiply(a.value(), b.value());
        Counted product = product(a, b);
        return product != null && a.known() != null && b.known() != null
                ? counted(value, product)
                : new Residue(value, product, a.up() + b.up(), a.down() + b.down());
    }

    /** What a product is, if that is known: nothing times anything, and constants times what is known. */
    private @Nullable Counted product(Residue a, Residue b) {
        Fraction left = a.constant();
        Fraction right = b.constant();
        if (left != null && left.sign() == 0 || right != null && right.sign() == 0) {
            return zero.known();
        }
        Counted ours = a.known();
        Counted theirs = b.known();
        if (ours != null && right != null) {
            return ours.times(right);
        }
        return left != null && theirs != null ? theirs.times(left) : null;
    }

    private Residue by(Residue a, Residue b) {
        long value = field.divide(a.value(), b.value());
        Counted known = a.known();
        Fraction divisor = b.constant();
        polynomial &= divisor != null;
        return known != null && divisor != null
                ? counted(value, known.times(divisor.inverse()))
                : Residue.unknown(value, a.up() + b.down(), a.down() + b.up());
    }

    @Override
    protected boolean holds(Comparison comparison, Residue left, Residue right) {
        boolean jumps = comparison != Comparison.EQUAL;
        return comparison.holds(jumps ? orderOrTie(left, right) : order(left, right));
    }

    /**
     * The order where an update jumps. No random point is at the jump, where both numbers are equal; so they are taken for
     * equal half of the time. Both sides are, where the same number decides.
     */
    private int orderOrTie(Residue a, Residue b) {
        if (lenient || isOrderKnown(a, b)) {
            return order(a, b);
        }
        long difference = field.subtract(a.value(), b.value());
        long key = Math.min(difference, field.subtract(0, difference));
        census.jumped(difference, field);
        polynomial = false;
        if (ties.computeIfAbsent(key, k -> random.nextBoolean())) {
            decisions = decisions * 1_000_003 + 2;
            return 0;
        }
        return order(a, b);
    }

    private static boolean isOrderKnown(Residue a, Residue b) {
        Counted left = a.known();
        Counted right = b.known();
        return left != null && right != null && left.perUpdate().equals(right.perUpdate());
    }

    @Override
    protected int order(Residue a, Residue b) {
        Counted left = a.known();
        Counted right = b.known();
        if (left != null && right != null && isOrderKnown(a, b)) {
            return left.offset().compareTo(right.offset());
        }
        polynomial = false;
        int order = field.order(a.value(), b.value());
        decisions = decisions * 1_000_003 + order + 2;
        census.decided(field.subtract(a.value(), b.value()), field);
        return order;
    }

    @Override
    protected Residue apply(Function function, Residue x) {
        return switch (function) {
            case SQRT -> root(x);
            case ABS -> order(x, zero) < 0 ? minus(zero, x) : x;
            case SIGN -> signs[orderOrTie(x, zero) + 1];
            case FLOOR -> floor(x);
            case F32 -> x;
            case EXP, LOG, COS, POW, MIN, MAX, CLIP, WHERE -> throw new Unprovable(function.word());
        };
    }

    private static Residue floor(Residue value) {
        Fraction constant = value.constant();
        if (constant == null || !constant.isWhole()) {
            throw new Unprovable("floor");
        }
        return value;
    }

    private Residue root(Residue value) {
        if (!lenient && value.value() != 0 && !field.isPositive(value.value())) {
            throw new NoSuchRoot();
        }
        count(value, 2);
        return Residue.unknown(field.root(value.value()), half(value.up()), half(value.down()));
    }

    private void count(Residue of, int index) {
        polynomial = false;
        if (roots.add(of.value() * 31 + index)) {
            rootBits += Integer.SIZE - Integer.numberOfLeadingZeros(index - 1);
        }
        census.root(of, index);
    }

    private static int half(int degree) {
        return (degree + 1) / 2;
    }

    @Override
    protected Residue power(Residue base, Residue exponent) {
        Counted known = exponent.known();
        if (known == null) {
            throw new Unprovable("a power that is not constant");
        }
        if (known.isConstant()) {
            return power(base, known.offset());
        }
        if (base.value() == 0) {
            throw new Unprovable("zero to the power of the number of updates");
        }
        Residue moving = raised(Residue.square(powerOfUpdates(base.value())), known.perUpdate());
        return times(moving, raised(base, known.offset()));
    }

    private Residue power(Residue base, Fraction exponent) {
        if (exponent.sign() == 0) {
            return one;
        }
        if (base.value() == 0) {
            if (exponent.sign() < 0) {
                throw new ArithmeticException("zero to a negative power");
            }
            return base;
        }
        if (exponent.isWhole()) {
            return whole(base, exponent.numerator());
        }
        if (!lenient && !field.isPositive(base.value())) {
            throw new NoSuchRoot();
        }
        return raised(base, exponent);
    }

    /** A number to a fraction's power, not by way of its roots. */
    private Residue raised(Residue base, Fraction exponent) {
        if (exponent.equals(Fraction.ONE)) {
            return base;
        }
        polynomial &= exponent.isWhole() && exponent.sign() >= 0;
        if (!exponent.isWhole()) {
            int index = exponent.denominator().bitLength() > 30
                    ? MANY
                    : exponent.denominator().intValueExact();
            count(base, index);
        }
        return base.raised(field.power(base.value(), exponent), exponent);
    }

    /** Few factors are multiplied one by one, for the constant that they may be. */
    private Residue whole(Residue base, BigInteger exponent) {
        polynomial &= exponent.signum() >= 0;
        if (exponent.signum() > 0 && exponent.bitLength() <= 4) {
            Residue result = base;
            for (int i = 1; i < exponent.intValueExact(); i++) {
                result = times(result, base);
            }
            return result;
        }
        BigInteger order = BigInteger.valueOf(field.size() - 1);
        long value = field.raise(base.value(), exponent.mod(order).longValueExact());
        return base.raised(value, new Fraction(exponent, BigInteger.ONE));
    }

    @Override
    protected Residue reduced(Reduction reduction, List<Residue> values) {
        return switch (reduction) {
            case NORM -> root(squares(values));
            case SUM -> ofAnySize(sum(values));
            case MEAN -> by(sum(values), constant(Fraction.of(BigDecimal.valueOf(values.size()))));
            case MAX -> largest(values);
            case SIGNED_OTHERS -> throw new Unprovable(reduction.word());
        };
    }

    /**
     * A sum of constants counts the entries of a tensor. The proof is to be of tensors of every size, and this one has one size; so
     * what depends on it, as where Adafactor factors a matrix, is not proven here.
     */
    private static Residue ofAnySize(Residue sum) {
        Fraction constant = sum.constant();
        if (constant != null && constant.sign() != 0) {
            throw new Unprovable("how many entries a tensor has");
        }
        return sum;
    }
}
