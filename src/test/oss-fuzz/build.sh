#!/bin/bash -eu
# Builds what OSS-Fuzz runs: for each law of FileLaws a starter of Jazzer's driver, and its seeds. Run by OSS-Fuzz, with $OUT
# for the result; `OUT=/tmp/out src/test/oss-fuzz/build.sh` shows the same elsewhere.
LAWS="archive darknet fix garden hdf5 ignored metagraph patterns pipeline settings"
SEEDS=src/test/resources/samestep/fuzz/FileFuzzTestInputs

mvn -B -q -DskipTests test-compile
mvn -B -q dependency:copy-dependencies -DincludeScope=test -DoutputDirectory="$OUT/lib"
rm -rf "$OUT/classes"
mkdir -p "$OUT/classes"
cp -r target/classes/. target/test-classes/. "$OUT/classes"

for law in $LAWS; do
    method=$(grep -B1 "hold(\"$law\"" src/test/java/samestep/fuzz/FileFuzzTest.java \
        | sed -n 's/.*void \([A-Za-z0-9]*\)(.*/\1/p')
    (cd "$SEEDS/$method" && jar cMf "$OUT/${law}_seed_corpus.zip" .)
    cat >"$OUT/$law" <<EOF
#!/bin/bash
# LLVMFuzzerTestOneInput: by this word OSS-Fuzz knows a target.
here=\$(dirname "\$0")
exec "\$here/jazzer_driver" --agent_path="\$here/jazzer_agent_deploy.jar" --cp="\$here/classes:\$here/lib/*" \\
    --target_class=samestep.fuzz.FuzzTarget --target_args=$law --jvm_args=-Xmx1500m \\
    --disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexInjection "\$@"
EOF
    chmod +x "$OUT/$law"
done
