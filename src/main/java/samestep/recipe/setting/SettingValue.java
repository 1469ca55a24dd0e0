package samestep.recipe.setting;

import java.math.BigDecimal;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import samestep.recipe.Numbers;
import samestep.recipe.Quantity;

/** The value of a setting, in the unit of its kind. */
public sealed interface SettingValue {
    /** Digits of a number in reports. */
    int DIGITS = 8;

    /** Running statistics that normalise and are not moved: no share that is kept says that. */
    Word NOT_MOVED = new Word("used, and not moved");

    /** Of parts that may be frozen: no one is. */
    Word NO_PART = new Word("none");

    /** Whether both mean the same, whatever they are written as. */
    boolean means(SettingValue other);

    /** As it is printed in reports. */
    String words();

    /** A number, in the unit of the kind. */
    record Number(Quantity quantity) implements SettingValue {
        @Override
        public boolean means(SettingValue other) {
            return other instanceof Number that && quantity.decimal().compareTo(that.quantity.decimal()) == 0;
        }

        @Override
        public String words() {
            return Numbers.rounded(quantity.doubleValue(), DIGITS);
        }

        /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Number that && quantity.equals(that.quantity);
        }

        @Override
        public int hashCode() {
            return quantity.hashCode();
        }
    }

    /** One of a few words that all frameworks share. */
    record Word(String word) implements SettingValue {
        @Override
        public boolean means(SettingValue other) {
            return equals(other);
        }

        @Override
        public String words() {
            return word;
        }

        /** Written out: see {@link samestep.recipe.ParameterName#equals}. */
        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Word that && word.equals(that.word);
        }

        @Override
        public int hashCode() {
            return word.hashCode();
        }
    }

    /**
     * A distribution.
     *
     * @param family {@code constant}, {@code normal}, {@code truncated normal}, {@code uniform}, {@code orthogonal}; a
     *     family that depends on the shape has the fan in its name: {@code uniform, fan in}
     * @param numbers by name: {@code mean}, {@code deviation}, {@code low}, {@code high}, {@code gain}, {@code scale}
     */
    record Distribution(String family, SortedMap<String, Quantity> numbers) implements SettingValue {
        /** Copies the numbers. */
        public Distribution {
            numbers = new TreeMap<>(numbers);
        }

        @Override
        public boolean means(SettingValue other) {
            return other instanceof Distribution that
                    && family.equals(that.family)
                    && decimals(numbers).equals(decimals(that.numbers));
        }

        /**
         * The number of a name.
         *
         * @throws IllegalArgumentException where the family has no such number
         */
        public Quantity number(String name) {
            Quantity number = numbers.get(name);
            if (number == null) {
                throw new IllegalArgumentException(family + " has no " + name);
            }
            return number;
        }

        private static Map<String, BigDecimal> decimals(SortedMap<String, Quantity> numbers) {
            Map<String, BigDecimal> decimals = new TreeMap<>();
            numbers.forEach(
                    (name, quantity) -> decimals.put(name, quantity.decimal().stripTrailingZeros()));
            return decimals;
        }

        @Override
        public String words() {
            // No stream of a sorted map: for that the JVM writes a class at every start.
            StringJoiner words = new StringJoiner(", ", numbers.isEmpty() ? "" : " (", numbers.isEmpty() ? "" : ")");
            numbers.forEach((name, number) -> words.add(name + " " + Numbers.rounded(number.doubleValue(), DIGITS)));
            return family + words;
        }
    }
}
