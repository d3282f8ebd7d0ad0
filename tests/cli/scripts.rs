//! The scripts of the recipe `quick-wins`, each run as its step does: what they find, install and import.

use std::fs;

use crate::support::{World, project};

/// Runs a script of the recipe as its step does, by itself: in the folder `cwd`, by python with these options.
fn script(world: &World, cwd: &str, options: &[&str], name: &str, args: &[&str]) -> String {
    let output = world
        .command("python3")
        .current_dir(world.work().join(cwd))
        .args(options)
        .args(["-c", &text_of(name)])
        .args(args)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    String::from_utf8_lossy(&said).replace(&root(world), "ROOT")
}

fn text_of(name: &str) -> String {
    fs::read_to_string(project().join("recipes/quick-wins").join(name)).unwrap()
}

fn root(world: &World) -> String {
    let root = world.work().canonicalize().unwrap();
    root.display().to_string()
}

/// Paths and texts of a project.
type Files<'a> = &'a [(&'a str, &'a str)];

/// What is found for the service in `start`: the lines of requirements.txt and of constraints.txt, and what is said.
fn found(files: Files<'_>, start: &str, given: &str) -> [Vec<String>; 3] {
    let world = World::new();
    for (path, text) in files {
        world.file(path, text);
    }
    let out = world.work().join("../out");
    fs::create_dir(&out).unwrap();
    let args = [&out.display().to_string(), &root(&world), start, given];
    let said = script(&world, "", &[], "find_dependencies.py", &args);
    let lines = |text: String| {
        let lines = text.lines().filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let written = |name: &str| {
        let text = fs::read_to_string(out.join(name)).unwrap_or_default();
        lines(text.replace(&root(&world), "ROOT"))
    };
    [
        written("requirements.txt"),
        written("constraints.txt"),
        lines(said),
    ]
}

#[test]
fn a_list_is_read_with_what_it_names_from_where_it_lies() {
    let [lines, _, said] = found(
        &[
            (
                "req/dev.txt",
                "-rbase.txt\n-c constraints.txt\n--requirement=more.txt # and more\n-r gone.txt\n-egit+https://h.example/x.git#egg=x\n\
                 -e git+ssh://git@h.example/y.git#egg=y\nz @ file:///z\n-e ../library[fast]\n-e.\nred==1\n",
            ),
            ("req/base.txt", "base\n-r dev.txt\n"),
            ("req/more.txt", "more\n"),
            ("req/constraints.txt", "base<2\n"),
            (
                "library/setup.py",
                "NEEDED = ['inner>=1']\nsetup(install_requires=NEEDED)\n",
            ),
        ],
        "backend",
        "req/dev.txt",
    );
    assert_eq!(
        lines,
        [
            "base",
            "-c ROOT/req/constraints.txt",
            "more",
            "git+https://h.example/x.git#egg=x",
            "inner>=1",
            "red==1",
        ]
    );
    assert_eq!(
        said,
        [
            "note: left out, because there is no such file: -r gone.txt",
            "note: left out, because it is no package of an index: git+ssh://git@h.example/y.git#egg=y",
            "note: left out, because it is no package of an index: z @ file:///z",
            "note: left out, because it is no package of an index: .",
            "note: dependencies of req/dev.txt",
        ]
    );
    let [_, _, said] = found(&[], "", "gone.txt");
    assert_eq!(
        said,
        ["there is no file gone.txt in the repository, which --set requirements names"]
    );
}

#[test]
fn an_entry_is_taken_or_left_out_with_the_lines_that_it_goes_on_in() {
    let list = "flask==3 \\\n    --hash=sha256:aa\nz @ file:///z \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n\
                -e git+https://h.example/x.git#egg=x \\\n    --config-settings=a=b\n-r gone.txt \\\n    --hash=sha256:dd\n\
                # no \\\nredis\n";
    let [lines, _, said] = found(&[("requirements.txt", list)], "", "");
    assert_eq!(
        lines,
        [
            "flask==3 \\",
            "    --hash=sha256:aa",
            "git+https://h.example/x.git#egg=x \\",
            "    --config-settings=a=b",
            "# no \\",
            "redis",
        ]
    );
    assert_eq!(
        said[..2],
        [
            "note: left out, because it is no package of an index: z @ file:///z",
            "note: left out, because there is no such file: -r gone.txt",
        ]
    );
}

#[test]
fn what_poetry_declares_becomes_one_line_for_each_interpreter_and_platform() {
    let about = r#"
[tool.poetry.dependencies]
python = "^3.8"
a = [{ version = "1.21", python = "<3.10" }, { version = "^1.26 || ^2.0", python = ">=3.10,<3.13" }]
b = { version = "^0.0.3", platform = "win32 || darwin" }
c = { version = "~1.2.3", python = "~3.9 || ^3.11.2", markers = "os_name == 'posix'", extras = ["x"] }
d = { version = "1", optional = true }
e = { git = "https://h.example/e.git", tag = "v1" }
f = { git = "git@h.example:f.git" }
g = "2.*"
[tool.poetry.group.dev.dependencies]
h = "1"
"#;
    let expected = [
        "a==1.21 ; python_version < \"3.10\"",
        "a>=2.0,<3 ; python_version >= \"3.10\" and python_version < \"3.13\"",
        "b>=0.0.3,<0.0.4 ; (sys_platform == \"win32\" or sys_platform == \"darwin\")",
        "c[x]>=1.2.3,<1.3 ; os_name == 'posix' and (python_version >= \"3.9\" and python_version < \"3.10\" or \
         python_full_version >= \"3.11.2\" and python_version < \"4\")",
        "e @ git+https://h.example/e.git@v1",
        "g==2.*",
    ];
    let [lines, _, said] = found(&[("pyproject.toml", about)], "", "");
    assert_eq!(lines, expected);
    assert!(said[0].ends_with("f @ git+git@h.example:f.git"), "{said:?}");
    // A package that is locked twice has no pin, and the limits of what is declared hold as well.
    let lock = "[[package]]\nname = \"a\"\nversion = \"1.21\"\n[[package]]\nname = \"a\"\nversion = \"2.1\"\n\
                [[package]]\nname = \"g\"\nversion = \"2.5\"\n";
    let [lines, pins, _] = found(&[("pyproject.toml", about), ("poetry.lock", lock)], "", "");
    assert_eq!(lines, expected);
    assert_eq!(pins, ["g==2.5"]);
}

#[test]
fn other_projects_declare_their_dependencies_in_other_places() {
    let table: [(Files<'_>, &[&str], &[&str]); 6] = [
        (
            &[("setup.py", "setup(install_requires=['a>=1', 'b'])")],
            &["a>=1", "b"],
            &[],
        ),
        (
            &[
                (
                    "Pipfile",
                    "[packages]\na = \"*\"\nb = { version = \">=1\", extras = [\"x\"], sys_platform = \"== 'win32'\" }\n\
                     c = { path = \".\", editable = true }\n[dev-packages]\nd = \"*\"\n",
                ),
                (
                    "Pipfile.lock",
                    "{\"default\": {\"a\": {\"version\": \"==1.0\"}, \"c\": {\"path\": \".\"}}, \"develop\": {\"d\": {\"version\": \"==2\"}}}",
                ),
                ("setup.cfg", "[options]\ninstall_requires =\n    inner\n"),
                ("requirements.txt", "other\n"),
            ],
            &["a", "b[x]>=1 ; sys_platform == 'win32'", "inner"],
            &["a==1.0"],
        ),
        (
            &[
                ("Pipfile", "[packages]\na = \"*\"\n"),
                ("requirements.txt", "other\n"),
            ],
            &["other"],
            &[],
        ),
        (
            &[(
                "pyproject.toml",
                "[project]\ndependencies = [\"a\", \"b @ git+https://h.example/b\", \"c\", \"d<2; os_name == 'nt'\", \"d>2\"]\n[tool.uv.sources]\n\
                 a = { git = \"ssh://git@h.example/a\" }\nc = [{ url = \"https://h.example/c.whl\" }]\n",
            )],
            &[
                "b @ git+https://h.example/b",
                "c @ https://h.example/c.whl",
                "d<2; os_name == 'nt'",
                "d>2",
            ],
            &[],
        ),
        (
            &[
                ("pyproject.toml", "[project]\ndependencies = [\"a\"]\n"),
                ("pylock.toml", PYLOCK),
            ],
            &["a"],
            &["a==1.0", "b==2.0"],
        ),
        (
            &[("pylock.toml", PYLOCK)],
            &["a==1.0", "b==2.0"],
            &["a==1.0", "b==2.0"],
        ),
    ];
    for (files, lines, pins) in table {
        let found = found(files, "", "");
        assert_eq!(
            (&found[0][..], &found[1][..]),
            (&to_strings(lines)[..], &to_strings(pins)[..]),
            "{found:?}"
        );
    }
}

/// As PEP 751 has it.
const PYLOCK: &str = "lock-version = \"1.0\"\n[[packages]]\nname = \"a\"\nversion = \"1.0\"\n[[packages]]\nname = \"b\"\n\
    version = \"2.0\"\n[[packages]]\nname = \"shop\"\ndirectory = { path = \".\", editable = true }\n\
    [[packages]]\nname = \"c\"\nvcs = { type = \"git\", url = \"https://h.example/c\" }\n";

#[test]
fn what_cannot_be_read_is_said_and_the_rest_counts() {
    let template = "[project]\ndependencies = [{{ dependencies }}]\n";
    let [lines, _, said] = found(
        &[
            ("pyproject.toml", template),
            ("requirements.txt", "flask\n"),
        ],
        "",
        "",
    );
    assert_eq!(lines, ["flask"]);
    let said = said.join("\n");
    assert!(
        said.contains("note: pyproject.toml cannot be read: "),
        "{said}"
    );
    let odd = "[project]\ndependencies = [\"\", \"flask>=2\", 3]\n";
    let [lines, _, said] = found(&[("pyproject.toml", odd)], "", "");
    assert_eq!(lines, ["flask>=2"]);
    assert!(
        said.join("\n").contains("note: no dependency: ''"),
        "{said:?}"
    );
    let [lines, _, said] = found(&[("pyproject.toml", template)], "", "");
    assert_eq!(lines, Vec::<String>::new());
    let said = said.join("\n");
    assert!(
        said.contains("no list of dependencies") && said.contains("pyproject.toml cannot be read"),
        "{said}"
    );
    assert!(!said.contains("Traceback"), "{said}");
}

#[test]
fn a_file_that_is_named_like_the_import_system_is_the_services() {
    let world = World::new();
    world.file("app/main.py", "import importlib_helpers\n");
    world.file(
        "app/importlib_helpers.py",
        "try:\n    import ujson\nexcept ImportError:\n    pass\n",
    );
    let finder = text_of("find_dependencies.py");
    let args = [&root(&world), "main", "", "", &finder];
    let said = script(&world, "app", &["-S"], "import_entry.py", &args);
    assert!(
        said.contains("import absent: ujson app/importlib_helpers.py:2"),
        "{said}"
    );
}

fn to_strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// What the import of `main.py` in `app` says, by an interpreter that has the standard library and nothing else.
fn imported(files: Files<'_>, code: &str) -> String {
    let world = World::new();
    for (path, text) in files {
        world.file(path, text);
    }
    world.file("app/main.py", code);
    let finder = text_of("find_dependencies.py");
    let args = [&root(&world), "main", "", "", &finder];
    script(&world, "app", &["-S"], "import_entry.py", &args)
}

#[test]
fn a_module_is_needed_where_its_distribution_is_declared_by_name() {
    let poetry = "[tool.poetry.dependencies]\npsycopg2-binary = \"*\"\nujson = { version = \"1\", optional = true }\n\
                  [tool.poetry.group.dev.dependencies]\nred = \"*\"\n";
    let project = "[project]\ndependencies = [\"Google_Cloud.Storage>=1\", \"uvloop; sys_platform == 'none'\"]\n\
                   [project.optional-dependencies]\nfast = [\"ujson\"]\n[dependency-groups]\ndev = [\"red\"]\n";
    let table: [(&str, &str, &[&str], &[&str]); 4] = [
        (
            "requirements.txt",
            "psycopg2-binary==2.9 \\\n    --hash=sha256:0\n# red, not ujson\nredis\nopencv-python-headless\ngit+https://h.example/x.git\n",
            &["psycopg2", "redis", "cv2"],
            &["psycopg", "red", "ujson", "git"],
        ),
        ("pyproject.toml", poetry, &["psycopg2"], &["ujson", "red"]),
        (
            "app/pyproject.toml",
            project,
            &["google"],
            &["uvloop", "ujson", "red"],
        ),
        (
            "setup.py",
            "setup(install_requires=['PyYAML'], extras_require={'x': ['ujson']})",
            &["yaml"],
            &["ujson"],
        ),
    ];
    for (path, text, needed, absent) in table {
        let names = needed.iter().chain(absent);
        let code: String = names
            .map(|name| format!("try:\n    import {name}\nexcept ImportError:\n    pass\n"))
            .collect();
        let said = imported(&[(path, text)], &code);
        assert!(said.contains("import done"), "{said}");
        for (kind, names) in [("needed", needed), ("absent", absent)] {
            for name in names {
                let line = format!("import {kind}: {name} app/main.py:");
                assert!(said.contains(&line), "{path}: {line}\n{said}");
            }
        }
    }
}

#[test]
fn a_dependency_that_no_index_has_is_named_with_where_it_comes_from() {
    let list = "core @ git+ssh://git@h.example/core.git\nplain\n";
    let failed = imported(&[("requirements.txt", list)], "import core\n");
    let how = "declared as `core @ git+ssh://git@h.example/core.git`, no package of an index: `prepare` leaves it out unless \
               pip can fetch it";
    assert!(
        failed
            .trim_end()
            .ends_with(&format!("No module named 'core'; {how}")),
        "{failed}"
    );
    let without = imported(
        &[("requirements.txt", list)],
        "try:\n    import core\nexcept ImportError:\n    pass\n",
    );
    assert!(
        without.contains(&format!("import needed: core app/main.py:2; {how}")),
        "{without}"
    );
    let unknown = imported(&[("requirements.txt", list)], "import other.part\n");
    assert!(
        unknown
            .trim_end()
            .ends_with("No module named 'other'; no declared dependency is known by that name"),
        "{unknown}"
    );
    for code in ["import plain\n", "import json.nothing\n"] {
        let silent = imported(&[("requirements.txt", list)], code);
        assert!(
            !silent.contains("declared") && silent.contains("No module named"),
            "{silent}"
        );
    }
}

#[test]
fn what_cannot_be_fetched_is_left_out_with_the_lines_that_go_on_with_it() {
    let world = World::new();
    // Stands where pip would, refuses addresses and shows the list that it takes.
    world.file("pip/__init__.py", "");
    world.file(
        "pip/__main__.py",
        "import sys\ntext = open(sys.argv[sys.argv.index('-r') + 1]).read()\n\
         sys.exit('ERROR: no such host' if '://' in text else print(text))\n",
    );
    world.file("list/constraints.txt", "\n");
    world.file(
        "list/requirements.txt",
        "flask==3 \\\n    --hash=sha256:aa\ncore @ https://127.0.0.1:9/core.zip \\\n    --hash=sha256:bb \\\n    \
         --hash=sha256:cc\nredis\n",
    );
    let said = script(&world, "", &[], "install_dependencies.py", &["list"]);
    let left = "flask==3 \\\n    --hash=sha256:aa\nredis\n";
    assert!(said.contains(left) && !said.contains("sha256:bb"), "{said}");
    assert!(
        said.contains("(no such host): core @ https://127.0.0.1:9/core.zip\n"),
        "{said}"
    );
}
