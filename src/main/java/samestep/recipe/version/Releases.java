package samestep.recipe.version;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All versions between two. What is left out of the middle ({@code !=}) is not: it only makes the set larger, so that less
 * is decided.
 *
 * @param from the first; empty for no lower end
 * @param to the last; empty for no upper end
 * @param withLast whether the last belongs to it
 */
public record Releases(Optional<Release> from, Optional<Release> to, boolean withLast) {
    /** Every version. */
    public static final Releases ALL = new Releases(Optional.empty(), Optional.empty(), false);

    private static final Pattern CLAUSE =
            Pattern.compile("(===|==|~=|>=|<=|!=|<|>|\\^|~|=)?\\s*([^\\s=<>!~^*]+?)(\\.\\*)?");

    /** One version. */
    public static Releases of(Release release) {
        return new Releases(Optional.of(release), Optional.of(release), true);
    }

    /**
     * What a requirement allows, such as {@code >=0.18,<0.19}; every version where any of it is not understood.
     *
     * @param plain what a number without a sign means: {@code ^} in poetry's table, {@code ==} elsewhere
     */
    static Releases parse(String text, String plain) {
        Releases all = ALL;
        for (String clause : text.split(",")) {
            Matcher matcher = CLAUSE.matcher(clause.strip());
            Optional<Release> release = matcher.matches() ? Release.parse(matcher.group(2)) : Optional.<Release>empty();
            if (release.isEmpty()) {
                return ALL;
            }
            String sign = matcher.group(1) == null ? plain : matcher.group(1);
            all = all.and(clause(sign, release.get(), matcher.group(3) != null));
        }
        return all;
    }

    private static Releases clause(String sign, Release release, boolean series) {
        Optional<Release> one = Optional.of(release);
        int count = release.numbers().size();
        return switch (sign) {
            case "==", "===" -> series ? until(release, count) : of(release);
            case "=" -> until(release, count);
            case "~=" -> until(release, Math.max(1, count - 1));
            case "~" -> until(release, Math.min(2, count));
            case "^" -> until(release, significant(release));
            case ">=", ">" -> new Releases(one, Optional.empty(), false);
            case "<=" -> new Releases(Optional.empty(), one, true);
            case "<" -> new Releases(Optional.empty(), one, false);
            default -> ALL;
        };
    }

    private static Releases until(Release release, int count) {
        return new Releases(Optional.of(release), Optional.of(release.after(count)), false);
    }

    /** Of poetry's {@code ^}: the first number that is not 0 stays. */
    private static int significant(Release release) {
        int count = 1;
        while (count < release.numbers().size() && release.number(count - 1) == 0) {
            count++;
        }
        return count;
    }

    private Releases and(Releases other) {
        Optional<Release> start =
                from.isEmpty() || other.from.isPresent() && other.from.get().compareTo(from.get()) > 0
                        ? other.from
                        : from;
        boolean theirs = to.isEmpty() || other.to.isPresent() && other.to.get().compareTo(to.get()) < 0;
        return new Releases(start, theirs ? other.to : to, theirs ? other.withLast : withLast);
    }

    /** The smallest that has both. */
    Releases or(Releases other) {
        Optional<Release> start = from.isEmpty() || other.from.isEmpty()
                ? Optional.empty()
                : Optional.of(from.get().compareTo(other.from.get()) <= 0 ? from.get() : other.from.get());
        if (to.isEmpty() || other.to.isEmpty()) {
            return new Releases(start, Optional.empty(), false);
        }
        int order = to.get().compareTo(other.to.get());
        Releases last = order >= 0 ? this : other;
        return new Releases(start, last.to, order == 0 ? withLast || other.withLast : last.withLast);
    }

    /** Whether it has versions from one on, and before another; empty for no end. */
    boolean meets(Optional<Release> since, Optional<Release> before) {
        boolean startsBefore = from.isEmpty() || before.isEmpty() || from.get().compareTo(before.get()) < 0;
        int end = to.isEmpty() || since.isEmpty() ? 1 : to.get().compareTo(since.get());
        return startsBefore && (end > 0 || end == 0 && withLast);
    }

    /** Whether nothing is said of the version. */
    public boolean isAll() {
        return from.isEmpty() && to.isEmpty();
    }
}
