//! What a script may do, and what it may not.

use super::*;

fn run(source: &str) -> Result<mlua::MultiValue, ScriptError> {
    run_within(source, Duration::from_millis(100))
}

fn run_within(source: &str, time: Duration) -> Result<mlua::MultiValue, ScriptError> {
    run_kept(source, time, Memory::Capped)
}

fn run_kept(source: &str, time: Duration, memory: Memory) -> Result<mlua::MultiValue, ScriptError> {
    let limits = Limits {
        time,
        memory: 16 << 20,
        ..Limits::default()
    };
    let mut vm = Vm::new(&Arc::default(), memory)?;
    let script = vm.load("rule.lua", source, limits)?;
    let check = script.function("check")?.ok_or_else(|| ScriptError {
        place: String::new(),
        message: "no check".to_owned(),
    })?;
    vm.call(&script, &check, ())
}

fn error(source: &str) -> String {
    run(source).expect_err("must fail").to_string()
}

#[test]
fn errors_name_the_line() {
    assert_eq!(
        error("local x = = 1"),
        "rule.lua:1: Expected identifier when parsing expression, got '='"
    );
    assert_eq!(
        error("return { check = function()\n local x = nil\n return x.y\nend }"),
        "rule.lua:3: attempt to index nil with 'y'"
    );
    assert_eq!(
        error("return 5"),
        "rule.lua: the script returned integer, not a table of functions"
    );
    assert!(error("return { check = 5 }").contains("not a function"));
}

#[test]
fn memory_is_bounded_whichever_way_it_is_kept() {
    let grows = "return { check = function()\n local all = {}\n for i = 1, 1e9 do\n  all[i] = string.rep('x', 1000) .. i\n end\nend }";
    let small = "return { check = function() local all = {} for i = 1, 1000 do all[i] = {} end return #all end }";
    for memory in [Memory::Capped, Memory::Watched] {
        let time = Duration::from_secs(20);
        let error = run_kept(grows, time, memory).expect_err("too much");
        let said = error.to_string();
        assert!(
            said.ends_with("took more than its limit of 16 MiB of memory"),
            "{memory:?}: {said}"
        );
        let answer = run_kept(small, time, memory).expect("it is little");
        assert_eq!(answer.front(), Some(&Value::Number(1000.0)));
    }
}

#[test]
fn endless_loops_end_even_when_they_catch_errors() {
    for source in [
        "return { check = function() while true do end end }",
        "return { check = function() while true do pcall(function() while true do end end) end end }",
        "return { check = function() return string.find(string.rep('a', 30000), string.rep('a*', 30) .. 'b') end }",
        "return { check = function() local c = coroutine.wrap(function() while true do end end) c() end }",
        "while true do end",
    ] {
        assert_eq!(
            error(source),
            "rule.lua:1: took longer than its limit of 100 ms",
            "{source}"
        );
    }
}

#[test]
fn what_runs_out_of_memory_names_its_line() {
    for bomb in [
        "local t = {}\nfor i = 1, 1e9 do t[i] = string.rep('x', 100000) .. i end",
        "local x\nx = string.rep('x', 5e8)",
        "local t\nt = table.create(5e6, 'x')",
        "local b = {}\nwhile true do table.insert(b, buffer.create(1e6)) end",
    ] {
        let in_call = format!("return {{ check = function()\n{bomb}\nend }}");
        for (source, line) in [(bomb, 2), (in_call.as_str(), 3)] {
            // Time enough: it is the memory that ends.
            let ended = run_within(source, Duration::from_secs(20));
            assert_eq!(
                ended.expect_err("it is too much").to_string(),
                format!("rule.lua:{line}: took more than its limit of 16 MiB of memory"),
                "{source}"
            );
        }
    }
}

#[test]
fn errors_are_told_apart_from_where_they_are_thrown() {
    let deep = "local function f()\n error('no', 2)\nend\nreturn { check = function()\n f()\nend }";
    assert_eq!(error(deep), "rule.lua:5: no");
    assert_eq!(
        error("return { check = function()\n error({ code = 1 })\nend }"),
        "rule.lua:2: the script threw table"
    );
    let rethrown = "return { check = function()\n local ok, why = pcall(error, 'x')\n error(why .. 'y', 0)\nend }";
    assert_eq!(error(rethrown), "rule.lua:3: xy");
    let bad = "return { check = function()\n return string.rep({}, 1)\nend }";
    assert!(error(bad).starts_with("rule.lua:2: "), "{}", error(bad));
}

#[test]
fn nothing_of_the_machine_can_be_reached() {
    for name in [
        "os",
        "io",
        "debug",
        "package",
        "require",
        "load",
        "loadstring",
        "getfenv",
        "collectgarbage",
        "newproxy",
    ] {
        let source = format!("return {{ check = function() return {name} == nil end }}");
        let answer = run(&source).expect("runs");
        assert_eq!(answer.front(), Some(&Value::Boolean(true)), "{name}");
    }
    assert!(error("return { check = function() string.rep = nil end }").contains("readonly"));
}

#[test]
fn a_global_that_is_not_there_is_named() {
    let in_check = |body: &str| {
        error(&format!(
            "local function check_url() end\nreturn {{ check = function()\n{body}\nend }}"
        ))
    };
    for (body, told) in [
        (
            "os.time()",
            "rule.lua:3: there is no `os` here: scripts reach",
        ),
        (
            "local x = require('list')",
            "rule.lua:3: there is no `require` here: the pack has no modules",
        ),
        (
            "chekc_url(1)",
            "rule.lua:3: there is no `chekc_url` here; did you mean `check_url`?",
        ),
        (
            "asert(true)",
            "rule.lua:3: there is no `asert` here; did you mean `assert`?",
        ),
        (
            "if nope then return end\nlocal t = {} t.nope()",
            "rule.lua:4: attempt to call a nil value",
        ),
        (
            "local f = nope\nf()",
            "rule.lua:4: attempt to call a nil value",
        ),
        (
            "for i = 1, 100 do local x = _G['a' .. i] end zzzz()",
            "rule.lua:3: there is no `zzzz` here",
        ),
    ] {
        assert!(
            in_check(body).starts_with(told),
            "{body}: {}",
            in_check(body)
        );
    }
    assert!(error("local x = load('1')").starts_with("rule.lua:1: there is no `load` here"));
    let asked =
        "return { check = function() return nope == nil and getmetatable(_G) == 'globals' end }";
    let answer = run(asked).expect("an absent global may be asked for");
    assert_eq!(answer.front(), Some(&Value::Boolean(true)));
}

#[test]
fn what_is_printed_is_kept_in_bounds() {
    let printed = |body: &str| {
        let source = format!("return {{ check = function() {body} end }}");
        let mut vm = Vm::new(&Arc::default(), Memory::Capped).expect("an interpreter");
        let script = vm.load("rule.lua", &source, Limits::default());
        let script = script.expect("it loads");
        let check = script.function("check").expect("a function");
        let check = check.expect("there is one");
        vm.call(&script, &check, ()).expect("it runs");
        assert!(vm.printed().len() <= 101);
        vm.call(&script, &check, ()).expect("it runs");
        vm.printed()
    };
    assert_eq!(
        printed("print('a', 1, 2.5, nil, true, {1, 'x', k = {}}) print('b\\nc\\27[1m')"),
        [
            "a 1 2.5 nil true {1, \"x\", k = <table>}",
            "b",
            "c\u{fffd}[1m"
        ]
    );
    let many = printed("for i = 1, 3000 do print(i) end");
    assert_eq!(many.len(), 101);
    assert!(many[100].contains("not shown"));
    let long = printed("for i = 1, 100 do print(string.rep('x', 1e5)) end");
    assert!(long.iter().map(String::len).sum::<usize>() < 10_000);
    let evil = "print(setmetatable({}, { __tostring = function() while true do end end }))";
    assert_eq!(printed(evil), ["{}"]);
}

#[test]
fn chance_is_the_same_in_every_run() {
    let source = "return { check = function() return math.random(1000000) end }";
    assert_eq!(
        run(source).expect("runs").front(),
        run(source).expect("runs").front()
    );
}
