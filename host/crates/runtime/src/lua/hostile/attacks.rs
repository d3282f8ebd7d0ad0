//! The attacks. Those that were known to hang or poison other kinds of Lua are among them.

/// How an attack must end.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ends {
    /// Its time runs out.
    Late,
    /// Its memory runs out.
    Greedy,
    /// Its time or its memory runs out, whichever comes first on this machine.
    Stopped,
    /// With an error that says this.
    Refused(&'static str),
    /// It does no harm and its result counts.
    Fine,
    /// As an error or a result; which one is Luau's business.
    Any,
}

/// A script that means harm.
pub(super) struct Attack {
    pub(super) number: u32,
    pub(super) name: &'static str,
    /// What `check` does, or the whole script when it starts with `!`.
    code: &'static str,
    pub(super) ends: Ends,
}

impl Attack {
    pub(super) fn script(&self) -> String {
        match self.code.strip_prefix('!') {
            Some(script) => script.to_owned(),
            None => format!(
                "return {{ check = function(file, matches, report, repo)\n{}\nend }}",
                self.code
            ),
        }
    }
}

const fn attack(number: u32, name: &'static str, code: &'static str, ends: Ends) -> Attack {
    Attack {
        number,
        name,
        code,
        ends,
    }
}

use Ends::{Any, Fine, Greedy, Late, Refused, Stopped};

pub(super) const ATTACKS: &[Attack] = &[
    // --- loops ---------------------------------------------------------------------------------------------------------
    attack(1, "endless while", "while true do end", Late),
    attack(1, "endless while at load", "!while true do end", Late),
    attack(2, "endless repeat", "repeat until false", Late),
    attack(
        3,
        "loop inside pcall",
        "pcall(function() while true do end end)",
        Late,
    ),
    attack(
        4,
        "pcall of error in a loop",
        "while true do pcall(error) end",
        Late,
    ),
    attack(
        5,
        "nested pcalls that retry",
        "local function f() pcall(f) pcall(f) end f()",
        Stopped,
    ),
    attack(
        6,
        "pcall of a built-in in a loop",
        "while true do pcall(string.rep, 'x', 1) end",
        Late,
    ),
    attack(
        7,
        "handler of xpcall loops",
        "xpcall(error, function() while true do end end)",
        Late,
    ),
    attack(
        8,
        "handler of xpcall retries",
        "local function h() xpcall(error, h) end\nwhile true do xpcall(error, h) end",
        Late,
    ),
    // --- memory --------------------------------------------------------------------------------------------------------
    attack(9, "huge string.rep", "return #string.rep('x', 1e9)", Greedy),
    attack(
        10,
        "many big string.rep",
        "local t = {}\nfor i = 1, 1e5 do t[i] = string.rep('x', 1e6) .. i end",
        Greedy,
    ),
    attack(
        11,
        "string.rep with a separator",
        "return string.rep('x', 5e8, 'yy')",
        Greedy,
    ),
    attack(
        12,
        "doubling by concatenation",
        "local s = 'x'\nwhile true do s ..= s end",
        Greedy,
    ),
    attack(
        13,
        "growing table",
        "local t = {}\nwhile true do t[#t + 1] = table.create(1000, 0) end",
        Stopped,
    ),
    attack(
        14,
        "kept strings",
        "local t, i = {}, 0\nwhile true do i += 1 t['key' .. i] = string.rep('x', 1000) .. i end",
        Stopped,
    ),
    attack(
        15,
        "memory error caught and retried",
        "while true do pcall(function() local t = {} while true do t[#t + 1] = string.rep('x', 1e5) .. #t end end) end",
        Late,
    ),
    // --- patterns ------------------------------------------------------------------------------------------------------
    attack(
        16,
        "pattern bomb a*",
        "string.find(string.rep('a', 1e5), string.rep('a*', 30) .. 'b')",
        Late,
    ),
    attack(
        17,
        "pattern bomb .-",
        "string.find(string.rep('a', 5000), string.rep('.-', 12) .. 'b')",
        Late,
    ),
    attack(
        18,
        "pattern bomb in pcall",
        "while true do pcall(string.find, string.rep('a', 1e5), string.rep('a*', 30) .. 'b') end",
        Late,
    ),
    attack(
        19,
        "quadratic gsub",
        "string.gsub(string.rep('a', 1e6), '.-b', '')",
        Late,
    ),
    attack(
        20,
        "gsub that blows up",
        "return #string.gsub(string.rep('x', 1e6), '.', string.rep('y', 1e4))",
        Stopped,
    ),
    attack(
        21,
        "callback of gsub loops",
        "string.gsub('abc', '.', function() while true do end end)",
        Late,
    ),
    attack(
        22,
        "width of format",
        "return string.format('%99999999d', 1)",
        Refused("rule.lua:2: "),
    ),
    // --- recursion -----------------------------------------------------------------------------------------------------
    attack(
        23,
        "deep recursion",
        "local function f() return 1 + f() end return f()",
        Refused("stack overflow"),
    ),
    attack(
        24,
        "recursion in tail position",
        "local function f() return f() end return f()",
        Refused("stack overflow"),
    ),
    attack(
        25,
        "circle of __index",
        "local a, b = {}, {}\nsetmetatable(a, { __index = b })\nsetmetatable(b, { __index = a })\nreturn a.x",
        Refused("rule.lua:5: "),
    ),
    attack(
        26,
        "recursion through __index",
        "local t = setmetatable({}, { __index = function(t, k) return t[k .. 'x'] end })\nreturn t.a",
        Any,
    ),
    attack(
        27,
        "churn of coroutines",
        "while true do coroutine.wrap(function() coroutine.yield() end)() end",
        Stopped,
    ),
    attack(
        28,
        "nested coroutines",
        "local function f() return coroutine.wrap(f)() end return f()",
        Any,
    ),
    attack(
        29,
        "pcall loop in a coroutine",
        "coroutine.wrap(function() while true do pcall(function() while true do end end) end end)()",
        Late,
    ),
    // --- built-ins -----------------------------------------------------------------------------------------------------
    attack(
        30,
        "lying comparator",
        "local t = {}\nfor i = 1, 1e5 do t[i] = i end\ntable.sort(t, function() return true end)",
        Any,
    ),
    attack(
        31,
        "endless comparator",
        "table.sort({ 2, 1 }, function() while true do end end)",
        Late,
    ),
    attack(
        32,
        "concat that blows up",
        "local t, s = {}, string.rep('x', 1e4)\nfor i = 1, 1e5 do t[i] = s end\nreturn #table.concat(t)",
        Greedy,
    ),
    attack(33, "table.move far away", "table.move({}, 1, 1e15, 2)", Any),
    attack(
        34,
        "huge table.create",
        "return #table.create(1e9)",
        Refused("rule.lua:2: "),
    ),
    attack(
        35,
        "huge buffer.create",
        "return buffer.len(buffer.create(1e10))",
        Refused("rule.lua:2: "),
    ),
    attack(
        36,
        "unpack of 1e8",
        "return table.unpack({}, 1, 1e8)",
        Refused("rule.lua:2: "),
    ),
    attack(
        37,
        "string.byte of a whole MB",
        "return string.byte(string.rep('x', 1e6), 1, -1)",
        Refused("rule.lua:2: "),
    ),
    attack(
        38,
        "quadratic table.insert",
        "local t = {}\nfor i = 1, 1e7 do table.insert(t, 1, i) end",
        Stopped,
    ),
    attack(
        39,
        "pairs while growing",
        "local t = { 1 }\nfor k in pairs(t) do t[k + 1] = true end",
        Any,
    ),
    // --- built-ins that never ask for the time ---------------------------------------------------------------------------
    attack(
        33,
        "table.move within range",
        "table.move({}, 1, 2 ^ 31 - 2, 2)",
        Refused("rule.lua:2: table.move: more than"),
    ),
    attack(
        61,
        "plain search for a long string",
        "local a = string.rep('a', 1e7)\nreturn a:find(string.rep('a', 5e6) .. 'b', 1, true)",
        Refused("rule.lua:3: string.find: "),
    ),
    attack(
        61,
        "plain search without saying so",
        "local a = string.rep('a', 1e7)\nreturn a:find(string.rep('a', 5e6) .. 'b')",
        Refused("rule.lua:3: string.find: "),
    ),
    attack(
        61,
        "the longest plain search",
        "local a = string.rep('a', 2 ^ 17) while true do a:find(string.rep('a', 2 ^ 14 - 1) .. 'b', 1, true) end",
        Late,
    ),
    attack(
        62,
        "split at a long string",
        "return string.rep('a', 1e7):split(string.rep('a', 5e6) .. 'b')",
        Refused("rule.lua:2: string.split: "),
    ),
    attack(
        63,
        "set of many characters",
        "return string.rep('a', 1e6):match('[' .. string.rep('b', 1e6) .. 'a]*')",
        Refused("rule.lua:2: string.match: "),
    ),
    attack(
        63,
        "the longest set",
        "while true do string.rep('a', 2 ^ 14):gsub('[' .. string.rep('b', 2 ^ 13 - 4) .. 'a]*', '') end",
        Late,
    ),
    attack(
        63,
        "gmatch of a long set",
        "for _ in string.rep('a', 1e6):gmatch('[' .. string.rep('b', 1e6) .. 'a]*') do end",
        Refused("rule.lua:2: string.gmatch: "),
    ),
    attack(
        64,
        "sorting long strings that are nearly equal",
        "local s = string.rep('a', 1e7)\nlocal t, l = { s .. 'a', s .. 'b' }, {}\nfor i = 1, 1e6 do l[i] = t[i % 2 + 1] end\ntable.sort(l)",
        Late,
    ),
    attack(
        64,
        "sorting by a built-in",
        "local t = {}\nfor i = 1, 1e6 do t[i] = i end\nwhile true do table.sort(t, rawequal) end",
        Any,
    ),
    attack(
        65,
        "a number of many digits",
        "return tonumber(string.rep('1', 2e7))",
        Any,
    ),
    attack(
        65,
        "text of many characters",
        "return utf8.len(string.rep('é', 1e7)) + #string.rep('a', 2e7):upper():reverse()",
        Any,
    ),
    attack(
        66,
        "SQL of many brackets",
        "while true do file:sql('SELECT ' .. string.rep('(', 1e6)) end",
        Late,
    ),
    attack(
        66,
        "SQL of many joins",
        "return #file:sql('SELECT * FROM a' .. string.rep(' JOIN b ON a.x = b.x', 5e3))",
        Any,
    ),
    // --- errors and results --------------------------------------------------------------------------------------------
    attack(
        40,
        "error whose __tostring loops",
        "error(setmetatable({}, { __tostring = function() while true do end end }))",
        Refused("the script threw table"),
    ),
    attack(
        41,
        "error with a message of 30 MB",
        "error(string.rep('x', 3e7))",
        Refused("rule.lua:2: xxx"),
    ),
    attack(
        42,
        "finaliser that loops",
        "for i = 1, 1e4 do setmetatable({}, { __gc = function() while true do end end }) end",
        Fine,
    ),
    attack(
        43,
        "exports whose __index loops",
        "!return setmetatable({ check = function() end }, { __index = function() while true do end end, __len = function() while true do end end })",
        Fine,
    ),
    attack(
        43,
        "result whose __index loops",
        "return setmetatable({}, { __index = function() while true do end end, __len = function() while true do end end })",
        Fine,
    ),
    attack(
        43,
        "finding whose __index loops",
        "report(setmetatable({}, { __index = function() while true do end end, __iter = function() while true do end end }))",
        Refused("`at` must be"),
    ),
    attack(44, "cyclic result", "local t = {} t.t = t return t", Fine),
    attack(
        44,
        "cyclic finding",
        "local t = { at = file, message = 'x' } t.related = { t } report(t)",
        Refused("unknown key `related`"),
    ),
    attack(
        45,
        "more findings than anybody reads",
        "for i = 1, 1e6 do report({ at = file, message = 'x' .. i }) end",
        Refused("more than 1000 findings"),
    ),
    attack(
        45,
        "a long message",
        "report({ at = file, message = string.rep('x', 3e7) })",
        Fine,
    ),
    attack(
        45,
        "a result of many values",
        "return table.unpack(table.create(7000, 'x'))",
        Any,
    ),
    // --- ways out ------------------------------------------------------------------------------------------------------
    attack(
        46,
        "io, os and the like",
        "assert(io == nil and os == nil and debug == nil and package == nil and ffi == nil and jit == nil)",
        Fine,
    ),
    attack(
        46,
        "use of os",
        "os.execute('true')",
        Refused("there is no `os` here"),
    ),
    attack(
        47,
        "load",
        "assert(load == nil and loadstring == nil and loadfile == nil and dofile == nil and require == nil)",
        Fine,
    ),
    attack(
        47,
        "bytecode",
        "!\u{1b}Lua\u{3}\u{0}\u{1}return {}",
        Refused("rule.lua:1: "),
    ),
    attack(
        48,
        "getfenv, setfenv, newproxy",
        "assert(getfenv == nil and setfenv == nil and newproxy == nil and collectgarbage == nil)",
        Fine,
    ),
    attack(
        49,
        "poison string",
        "string.rep = function() return 'evil' end",
        Refused("readonly"),
    ),
    attack(
        49,
        "poison the globals",
        "_G.assert = nil\nassert(true)",
        Any,
    ),
    attack(
        50,
        "poison strings' metatable",
        "getmetatable('').__index = {}",
        Refused("rule.lua:2: "),
    ),
    attack(
        50,
        "poison a node's metatable",
        "getmetatable(file).__index = nil",
        Refused("rule.lua:2: "),
    ),
    attack(
        50,
        "print and read absent globals without end",
        "local i = 0 while true do i += 1 print(_G[string.rep('x', 60) .. i], setmetatable({}, { __tostring = error })) end",
        Late,
    ),
    // --- findings ------------------------------------------------------------------------------------------------------
    attack(
        51,
        "terminal escapes in a message",
        "report({ at = file, message = '\\27]0;evil\\7\\27[2J\\r\\nx', notes = { ['\\27[2J'] = '\\7' } })",
        Fine,
    ),
    attack(
        51,
        "terminal escapes in an error",
        "error('\\27]0;evil\\7\\27[2J\\r\\nx', 0)",
        Refused("evil"),
    ),
    attack(
        52,
        "span outside of the file",
        "report({ at = file:span(1, 100000), message = 'x' })",
        Refused("are not inside app.py"),
    ),
    attack(
        52,
        "line outside of the file",
        "report({ at = file:line_span(4000000000), message = 'x' })",
        Refused("has no line"),
    ),
    attack(
        53,
        "span inside a character",
        "report({ at = file:span(6, 6), message = 'x' })",
        Refused("are not inside app.py"),
    ),
    attack(
        54,
        "span of not-a-number",
        "report({ at = file:span(0 / 0, 0 / 0), message = 'x' })",
        Refused("rule.lua:2: "),
    ),
    attack(
        54,
        "negative span",
        "report({ at = file:span(-5, -1), message = 'x' })",
        Refused("rule.lua:2: "),
    ),
    attack(
        54,
        "span of fractions",
        "report({ at = file:span(1.5, 2.5), message = 'x' })",
        Any,
    ),
    attack(
        54,
        "span that ends before it begins",
        "report({ at = file:span(5, 2), message = 'x' })",
        Any,
    ),
    attack(
        54,
        "infinite span",
        "report({ at = file:span(1, math.huge), message = 'x' })",
        Refused("rule.lua:2: "),
    ),
    attack(
        55,
        "finding at nothing that was matched",
        "report({ at = { path = 'app.py', line = 1 }, message = 'x' })",
        Refused("`at` must be"),
    ),
    attack(
        55,
        "match of another matcher",
        "matches[1].matcher = 'other'",
        Refused("rule.lua:2: "),
    ),
    // --- the API -------------------------------------------------------------------------------------------------------
    attack(
        56,
        "method of another kind of thing",
        "file.imports(matches[1].node, 'x')",
        Refused("rule.lua:2: "),
    ),
    attack(
        57,
        "path out of the repository",
        "assert(repo:open('../../etc/passwd') == nil and repo:open('/etc/passwd') == nil)",
        Fine,
    ),
    attack(
        58,
        "questions without end",
        "while true do pcall(repo.paths, repo, '**') end",
        Late,
    ),
    attack(
        58,
        "answers kept",
        "local t = {}\nwhile true do t[#t + 1] = matches[1].node:descendants({ 'name', 'call', 'module' }) t[#t + 1] = file.text:rep(100) end",
        Stopped,
    ),
    attack(
        59,
        "edits that meet",
        "report({ at = file, message = 'x', fix = { title = 't', edits = { { at = file, text = 'a' }, { at = file, text = 'b' } } } })",
        Refused("overlap"),
    ),
    attack(
        60,
        "glob that blows up",
        "repo:paths(string.rep('{a,', 500) .. string.rep('}', 500))",
        Refused("is no glob"),
    ),
    attack(
        60,
        "huge glob",
        "repo:paths(string.rep('**/{a,b,c}*', 20000))",
        Any,
    ),
];
