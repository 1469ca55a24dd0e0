package samestep.text.pattern;

import java.util.Arrays;
import java.util.List;

/**
 * A wildcard pattern over bytes, with the meaning of git's wildmatch for paths: {@code ?} and {@code *} stop at a slash,
 * {@code **} between slashes is any number of folders. Matching tries all ways at once, so its time is at most the length
 * of the pattern times the length of the name, whatever the pattern is.
 */
final class Wildcard {
    /** One step of the pattern. */
    enum Kind {
        /** One byte, or one of a class of bytes. */
        BYTE,
        /** Any bytes but a slash. */
        STAR,
        /** Any bytes. */
        ALL,
        /** Nothing, or what the next step takes. */
        OPTIONAL,
        /** Any bytes, up to and with a slash. */
        FOLDERS,
        /** Nothing at all: the pattern is broken here. */
        NEVER
    }

    /**
     * A step.
     *
     * @param kind what it takes
     * @param bytes which bytes, of a {@link Kind#BYTE}
     */
    record Step(Kind kind, ByteSet bytes) {
        static Step of(Kind kind) {
            return new Step(kind, ByteSet.NONE);
        }
    }

    private final Step[] steps;

    Wildcard(List<Step> steps) {
        this.steps = steps.toArray(Step[]::new);
    }

    /** How many steps it has. */
    int length() {
        return steps.length;
    }

    /** Whether no name at all can match, because a class of characters is not closed or has no such name. */
    boolean isBroken() {
        return Arrays.stream(steps).anyMatch(step -> step.kind() == Kind.NEVER);
    }

    /** Whether the bytes from an offset to the end match. */
    boolean matches(byte[] name, int from) {
        boolean[] here = new boolean[steps.length + 1];
        boolean[] next = new boolean[steps.length + 1];
        enter(here, 0);
        for (int at = from; at < name.length; at++) {
            Arrays.fill(next, false);
            boolean alive = false;
            for (int state = 0; state < steps.length; state++) {
                if (here[state]) {
                    alive |= take(next, state, name[at]);
                }
            }
            if (!alive) {
                return false;
            }
            boolean[] old = here;
            here = next;
            next = old;
        }
        return here[steps.length];
    }

    private boolean take(boolean[] next, int state, byte value) {
        boolean slash = value == '/';
        switch (steps[state].kind()) {
            case BYTE -> {
                return steps[state].bytes().has(value) && enter(next, state + 1);
            }
            case STAR -> {
                return !slash && enter(next, state);
            }
            case ALL -> {
                return enter(next, state);
            }
            case FOLDERS -> {
                next[state] = true;
                return !slash || enter(next, state + 1);
            }
            case OPTIONAL, NEVER -> {
                return false;
            }
        }
        return false;
    }

    /** A state, and those that are reached from it without a byte. */
    private boolean enter(boolean[] states, int state) {
        for (int at = state; !states[at]; at++) {
            states[at] = true;
            if (at == steps.length) {
                return true;
            }
            Kind kind = steps[at].kind();
            if (kind == Kind.OPTIONAL) {
                states[at + 1] = true;
                return enter(states, at + 2);
            }
            if (kind != Kind.STAR && kind != Kind.ALL) {
                return true;
            }
        }
        return true;
    }
}
