package samestep.text;

/** Watches long work. May be called from several threads. */
@FunctionalInterface
public interface Watcher {
    /** Ignores all progress. */
    Watcher NOBODY = (what, done, total) -> {};

    /**
     * So much of the work is done.
     *
     * @param what the work, such as {@code "checking files"}
     * @param done how many parts are done
     * @param total how many parts there are
     */
    void at(String what, long done, long total);
}
