# shellcheck shell=sh disable=SC2034
# Finds a Java new enough for Wherry, whatever `java` on the PATH is. Read by bin/wherry and by the scripts.
#
# find_java java|javac  sets java_home and java_build, or fails with java_problem saying what to do; javac: one that can
#                       also compile.
# (Both are for whoever reads this file, which is what SC2034 cannot know.)

java_wanted=25

# What the Java in folder $1 says it is: as one number in java_version, 0 when there is none; and to the letter in
# java_build, empty when it does not say. Reading its `release` file is thirty times as fast as asking it.
read_java_version() {
    java_version=
    java_build=
    if [ -r "$1/release" ]; then
        while IFS= read -r java_next || [ -n "$java_next" ]; do
            case $java_next in
            JAVA_VERSION=*) java_version=${java_next#JAVA_VERSION=} ;;
            JAVA_RUNTIME_VERSION=*) java_build=${java_next#JAVA_RUNTIME_VERSION=} ;;
            esac
        done <"$1/release"
    fi
    if [ -z "$java_version" ] && [ -x "$1/bin/java" ]; then
        java_version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version //p')
    fi
    java_version=${java_version#\"}
    java_version=${java_version%%[!0-9]*}
    java_version=${java_version:-0}
    java_build=${java_build#\"}
    java_build=${java_build%%[!0-9A-Za-z.+-]*}
}

# Whether the folder $1 holds a Java that will do and has the program $2.
java_fits() {
    [ -x "$1/bin/$2" ] || return 1
    read_java_version "$1"
    [ "$java_version" -ge "$java_wanted" ]
}

# The folder of the `java` on the PATH, through all links; nothing when there is none.
java_on_path() {
    java_link=$(command -v java) || return 0
    while [ -L "$java_link" ]; do
        java_target=$(readlink "$java_link")
        case $java_target in
        /*) java_link=$java_target ;;
        *) java_link=${java_link%/*}/$java_target ;;
        esac
    done
    java_link=${java_link%/*}
    echo "${java_link%/*}"
}

find_java() {
    java_home=
    java_problem="Wherry needs Java $java_wanted or newer and found none (with bin/$1): install one (for example from https://adoptium.net), or say where it is with WHERRY_JAVA_HOME=/path/to/it"
    if [ -n "${WHERRY_JAVA_HOME:-}" ]; then
        if java_fits "$WHERRY_JAVA_HOME" "$1"; then
            java_home=$WHERRY_JAVA_HOME
            return 0
        fi
        java_problem="WHERRY_JAVA_HOME=$WHERRY_JAVA_HOME holds no Java $java_wanted or newer (with bin/$1): point it at one, or unset it to have one found"
        return 1
    fi
    if [ -n "${JAVA_HOME:-}" ] && java_fits "$JAVA_HOME" "$1"; then
        java_home=$JAVA_HOME
        return 0
    fi
    for java_home in "$(java_on_path)" \
        /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/*jdk* /opt/*java* /opt/*/*jdk* /opt/homebrew/opt/openjdk* \
        "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/* "${HOME:-}"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if java_fits "$java_home" "$1"; then
            return 0
        fi
    done
    if [ -x /usr/libexec/java_home ] && java_home=$(/usr/libexec/java_home -F -v "$java_wanted+" 2>/dev/null); then
        java_fits "$java_home" "$1" && return 0
    fi
    java_home=
    return 1
}
