use super::*;

fn commands(script: &str) -> Vec<Command> {
    split(&Mapped::new(script, 0), true)
}

/// Each command as its words, with a mark for its link and whether it is conditional.
fn lines(script: &str) -> Vec<String> {
    let show = |command: &Command| {
        let mark = match command.link {
            Link::Sequence => "",
            Link::And => "&& ",
            Link::Or => "|| ",
            Link::Pipe => "| ",
        };
        let words = std::iter::once(command.program.text.as_str()).chain(command.arguments());
        let guard = if command.is_conditional { "? " } else { "" };
        format!(
            "{}{guard}{mark}{}",
            ">".repeat(command.nesting),
            words.collect::<Vec<_>>().join(" ")
        )
    };
    commands(script).iter().map(show).collect()
}

#[test]
fn operators_part_commands() {
    assert_eq!(
        lines("a b && c; d | e || f & g\nh"),
        ["a b", "&& c", "d", "| e", "? || f", "g", "h"]
    );
    assert_eq!(lines("(cd x && make) ; { a; }"), ["cd x", "&& make", "a"]);
}

#[test]
fn quotes_and_escapes_are_taken_away() {
    let all = commands("npm i 'a b' \"c \\\" $D\" e\\ f --x=\"y z\"");
    assert_eq!(
        all[0].arguments().collect::<Vec<_>>(),
        ["i", "a b", "c \" $D", "e f", "--x=y z"]
    );
    assert_eq!(
        all[0]
            .args
            .iter()
            .map(|word| word.is_dynamic)
            .collect::<Vec<_>>(),
        [false, false, true, false, false]
    );
    assert_eq!(all[0].args[1].span, ByteSpan::new(6, 11));
}

#[test]
fn redirections_and_comments_are_left_out() {
    assert_eq!(
        lines("a > x 2>&1 b >>y &>z < in # c && d\ne 3"),
        ["a b", "e 3"]
    );
    assert_eq!(
        lines("cat <<'E' > f\nnot a command\nE\nnext <<< 'w'"),
        ["cat", "next"]
    );
}

#[test]
fn assignments_and_wrappers_stand_before_the_program() {
    let all = commands("A=1 B=\"x y\" sudo -E -u www env C=3 timeout -k 5 10s npm ci");
    let command = &all[0];
    assert_eq!(
        (command.name(), command.arguments().collect::<Vec<_>>()),
        ("npm", vec!["ci"])
    );
    assert_eq!(command.wrappers, ["sudo", "env", "timeout"]);
    let env: Vec<_> = command
        .env
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    assert_eq!(env, ["A=1", "B=x y", "C=3"]);
    assert_eq!(command.span.start, 0);
    assert_eq!(lines("env"), ["env"]);
    assert_eq!(lines("X=1"), [] as [&str; 0]);
}

#[test]
fn scripts_within_scripts_are_followed() {
    assert_eq!(
        lines("bash -exc 'npm ci && x'"),
        ["bash -exc npm ci && x", ">npm ci", ">&& x"]
    );
    assert_eq!(
        lines("V=$(git rev && y) echo \"$(date `w`)\""),
        [">git rev", ">&& y", ">>w", ">date `w`", "echo $(date `w`)"]
    );
    assert_eq!(
        lines("echo $((1 + 2)) ${X:-a b} $(("),
        ["echo $((1 + 2)) ${X:-a b} $(("]
    );
}

#[test]
fn control_words_say_what_may_not_run() {
    let script = "if [ -f yarn.lock ]; then yarn; elif test b; then npm ci; else exit 1; fi; z";
    assert_eq!(
        lines(script),
        [
            "[ -f yarn.lock ]",
            "? yarn",
            "? test b",
            "? npm ci",
            "? exit 1",
            "z"
        ]
    );
    assert_eq!(
        lines("for f in a b; do rm $f; done; while read x; do y; done"),
        ["? rm $f", "read x", "? y"]
    );
    assert_eq!(
        lines("case $(uname) in a|b) x;; (c) y ;; *) z; esac; w"),
        [">uname", "? x", "? y", "? z", "w"]
    );
    assert_eq!(
        lines("[[ -f a && ( -f b ) ]] && c"),
        ["[[ -f a -f b ]]", "&& c"]
    );
    assert_eq!(lines("f() { a; }; ! b"), ["a", "b"]);
}

#[test]
fn a_span_points_to_the_command() {
    let script = "apt-get update \\\n && npm i  x\n";
    let all = commands(script);
    assert_eq!(&script[all[1].span.range()], "npm i  x");
}

#[test]
fn what_a_template_fills_in_is_one_word_that_nobody_knows() {
    let all = commands(
        "run ${{ inputs.a && b }} {{ .Values.x | quote }}:1 \"{{ index \"y\" }}\" '${{ z }}' {a,b}",
    );
    let words: Vec<_> = all[0]
        .args
        .iter()
        .map(|word| (word.text.as_str(), word.is_dynamic))
        .collect();
    assert_eq!(
        words,
        [
            ("${{ inputs.a && b }}", true),
            ("{{ .Values.x | quote }}:1", true),
            ("{{ index \"y\" }}", true),
            ("${{ z }}", true),
            ("{a,b}", false)
        ]
    );
    assert_eq!(lines("echo {{ a\nb"), ["echo {{ a", "b"]);
}

#[test]
fn an_array_is_no_command() {
    assert_eq!(
        lines("FLAGS=(--a \"b c\"\n --d) # why\nFLAGS+=(--e)\nrun \"${FLAGS[@]}\""),
        ["run ${FLAGS[@]}"]
    );
}

#[test]
fn what_is_not_closed_ends_with_the_text() {
    for script in [
        "a 'b",
        "a \"b $(c",
        "a `b",
        "a ${b",
        "a \\",
        "a <<",
        "a <<E\nb",
        "case x in",
        "for",
        "$(",
        "&&",
        "a 2>",
        "<(",
        "a <(b",
    ] {
        let deep = script.repeat(2_000);
        commands(script);
        commands(&deep);
    }
    assert_eq!(lines("a 'b c"), ["a b c"]);
}

#[test]
fn elsewhere_than_in_posix_a_backslash_is_a_letter() {
    let all = split(&Mapped::new("copy C:\\a\\b c`d", 0), false);
    assert_eq!(all[0].arguments().collect::<Vec<_>>(), ["C:\\a\\b", "c`d"]);
}
