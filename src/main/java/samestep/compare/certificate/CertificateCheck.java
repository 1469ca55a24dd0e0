package samestep.compare.certificate;

import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import samestep.compare.induction.Audit;
import samestep.compare.induction.Evidence;
import samestep.finding.Outcome;
import samestep.text.SourceText;

/** Checks a certificate at points of its own, modulo primes of its own. */
public final class CertificateCheck {
    private static final int MOST = 1_000;

    private CertificateCheck() {}

    /**
     * What came of it.
     *
     * @param certificate as far as it could be read
     * @param evidence what was calculated for the check; empty where it is refused
     * @param why it is refused; empty where it is not
     */
    public record Result(Optional<Certificate> certificate, Optional<Evidence> evidence, String why) {}

    /**
     * Checks it.
     *
     * @param random whose numbers cannot be predicted
     */
    public static Result of(SourceText source, Random random) {
        Outcome<Certificate> read = CertificateReader.read(source, square(random), square(random));
        if (read.value().isEmpty()) {
            return new Result(
                    Optional.empty(), Optional.empty(), read.findings().get(0).message());
        }
        Certificate certificate = read.value().get();
        Audit.Result audit = Audit.of(certificate.theorem(), random);
        if (audit.evidence().isEmpty()) {
            return new Result(read.value(), Optional.empty(), audit.why());
        }
        Optional<String> wrong = wrong(certificate.evidence(), audit.evidence().get());
        return new Result(read.value(), wrong.isPresent() ? Optional.empty() : audit.evidence(), wrong.orElse(""));
    }

    /** A number that is positive modulo every prime. */
    private static int square(Random random) {
        int root = 1 + random.nextInt(MOST);
        return root * root;
    }

    /** What the certificate says of its own calculation and that cannot be so. */
    private static Optional<String> wrong(Evidence stated, Evidence own) {
        Set<Long> primes = new TreeSet<>(stated.primes());
        if (primes.size() != stated.primes().size() || !primes.stream().allMatch(Audit::isPrimeOfKind)) {
            return Optional.of("primes: different primes p = 2q + 1 below 2^31 with q prime are expected");
        }
        if (stated.wholeBits() < Audit.BITS) {
            return Optional.of("the error is not at most 2^-" + Audit.BITS);
        }
        if (stated.degree() < own.degree()) {
            return Optional.of("degree: it is " + own.degree());
        }
        if (stated.decisions() < own.decisions()) {
            return Optional.of("decisions: there are " + own.decisions());
        }
        return stated.rootBits() < own.rootBits()
                ? Optional.of("root_bits: they are " + own.rootBits())
                : Optional.empty();
    }
}
