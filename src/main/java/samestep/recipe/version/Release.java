package samestep.recipe.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of a library, in the order of PEP 440: {@code 0.19.3rc1} is before {@code 0.19.3}, and {@code 2.1.0+cu118} is
 * {@code 2.1.0}.
 *
 * @param numbers the numbers between the dots
 * @param phase -1 before the release, 0 the release, 1 after it
 */
public record Release(List<Integer> numbers, int phase) implements Comparable<Release> {
    private static final Pattern FORM = Pattern.compile(
            "[vV]?([0-9]{1,8}(?:\\.[0-9]{1,8}){0,5})((?:[-_.]?(?:a|b|c|rc|alpha|beta|pre|dev|post)[-_.]?[0-9]{0,8})*)"
                    + "(?:\\+[A-Za-z0-9.]{1,40})?");

    /** Copies the numbers. */
    public Release {
        numbers = List.copyOf(numbers);
    }

    /** A version; empty where the text is not one. */
    public static Optional<Release> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<Integer> numbers = new ArrayList<>();
        for (String number : matcher.group(1).split("\\.")) {
            numbers.add(Integer.valueOf(number));
        }
        String suffix = matcher.group(2);
        int phase = suffix.isEmpty() ? 0 : suffix.contains("post") ? 1 : -1;
        return Optional.of(new Release(numbers, phase));
    }

    /** The first version that is not of the series of this one: after {@code 1.4}, for two numbers, {@code 1.5}. */
    Release after(int count) {
        List<Integer> next = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            next.add(number(i) + (i == count - 1 ? 1 : 0));
        }
        return new Release(next, 0);
    }

    /** A number, where it is not written 0. */
    int number(int index) {
        return index < numbers.size() ? numbers.get(index) : 0;
    }

    @Override
    public int compareTo(Release other) {
        for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
            int order = Integer.compare(number(i), other.number(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(phase, other.phase);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Release that && compareTo(that) == 0;
    }

    /** Zeros at the end do not count. */
    @Override
    public int hashCode() {
        int hash = phase;
        for (int number : numbers) {
            hash += number;
        }
        return hash;
    }

    @Override
    public String toString() {
        String dotted = String.join(".", numbers.stream().map(String::valueOf).toList());
        return dotted + (phase < 0 ? " (before its release)" : phase > 0 ? ".post" : "");
    }
}
