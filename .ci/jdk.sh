# jdk_home: prints the folder of the first JDK 25 or newer where JDKs usually are; fails if there is none.
jdk_home() {
    local home
    for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/*; do
        [[ -x $home/bin/javac && -r $home/release ]] || continue
        (($(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release") >= 25)) || continue
        printf '%s\n' "$home"
        return
    done
    return 1
}
