//! `docs/templates.md`: what each template gets, written from the types themselves, so that it cannot go stale.
//! `UPDATE=1 cargo test --test contexts` writes it anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Where types that templates get are declared.
const SOURCES: [&str; 7] = [
    "src/render/context.rs",
    "src/render/nav.rs",
    "src/render/figure.rs",
    "src/render/context",
    "src/render/conversation.rs",
    "src/render/readers.rs",
    "src/render/works.rs",
];

const HEAD: &str = "# Templates and what they get\n\n\
Written from the types by `UPDATE=1 cargo test --test contexts`; do not edit by hand.\n\n\
A file in an archive's `templates/` takes the place of the built-in one of that name, and a file in `static/` likewise; \
templates extend and include one another by name, in the language of Tera. Everything is escaped unless it passes \
`safe`; a variable that is not there is an error with its line.\n\n\
Besides their context templates may call `t(key=\"…\", n=…, name=…)`, which says a text of `strings/LANG.yaml` with its \
plural and its gaps filled; `number(n=…)`, which \
groups digits; and `caps(title=…)`, the class of a title in capitals alone.\n\n\
The look: `archive.yaml` takes `navigation` (names of parts, or `Title: address`), `colours` (`paper`, `ink`, `faint`, \
`pencil`, `wash`, `rule`, `well`, `red`; each a colour, or `light` and `dark`) and `fonts` (`text`, `hand`, `mono`).\n";

/// A declared struct: its documentation and its fields with type and documentation.
#[derive(Default)]
struct Declared {
    doc: String,
    fields: Vec<(String, String, String)>,
}

impl Declared {
    /// True for what a template can meet: what else is declared beside it has no words for its fields.
    fn is_explained(&self) -> bool {
        !self.fields.is_empty() && self.fields.iter().all(|field| !field.2.is_empty())
    }
}

fn sources() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    for source in SOURCES.map(|s| root.join(s)) {
        if source.is_dir() {
            let mut files: Vec<_> = fs::read_dir(&source).unwrap().map(|e| e.unwrap().path()).collect();
            files.sort();
            texts.extend(files.into_iter().map(|f| fs::read_to_string(f).unwrap()));
        } else if source.exists() {
            texts.push(fs::read_to_string(&source).unwrap());
        }
    }
    texts
}

fn declared(texts: &[String]) -> (BTreeMap<String, Declared>, Vec<(String, String)>) {
    let mut types: BTreeMap<String, Declared> = BTreeMap::new();
    let mut templates = Vec::new();
    for text in texts {
        let (mut doc, mut inside, mut named) = (String::new(), None::<String>, None::<String>);
        let mut is_given = false;
        for line in text.lines().map(str::trim) {
            if let Some(words) = line.strip_prefix("/// ") {
                doc = [doc.as_str(), if doc.is_empty() { "" } else { " " }, words].concat();
            } else if let Some(rest) = line.strip_prefix("pub ").unwrap_or(line).strip_prefix("struct ") {
                let name = rest.split(['<', ' ', ';', '(']).next().unwrap().to_owned();
                if std::mem::take(&mut is_given) {
                    let twice = types.insert(
                        name.clone(),
                        Declared { doc: std::mem::take(&mut doc), ..Declared::default() },
                    );
                    assert!(twice.is_none(), "two types are called {name}");
                    inside = rest.ends_with('{').then_some(name);
                }
            } else if let Some(name) = inside.as_ref().filter(|_| line.ends_with(',')) {
                let field = line.strip_prefix("pub ").unwrap_or(line);
                if let Some((field, kind)) = field.trim_end_matches(',').split_once(": ") {
                    let entry = (field.to_owned(), kind.to_owned(), std::mem::take(&mut doc));
                    types.get_mut(name).unwrap().fields.push(entry);
                }
            } else if let Some(rest) = line.strip_prefix("impl Context for ") {
                named = Some(rest.split(['<', ' ']).next().unwrap().to_owned());
            } else if let (Some(name), Some(rest)) =
                (&named, line.strip_prefix("const TEMPLATE: &'static str = \""))
            {
                templates.push((rest.split('"').next().unwrap().to_owned(), name.clone()));
            } else if line == "}" {
                inside = None;
            } else if line.starts_with("#[") {
                // What templates do not get is not serialised.
                is_given |= line.starts_with("#[derive(") && line.contains("Serialize");
            } else {
                doc.clear();
            }
        }
    }
    (types, templates)
}

/// A Rust type as the writer of a template sees it, and the declared type in it.
fn kind(rust: &str) -> String {
    let plain = rust.replace("&'a ", "").replace("&'static ", "").replace("<'a>", "").replace("<'_>", "");
    let plain = plain.replace("[String]", "list of text").replace("String", "text").replace("str", "text");
    if let Some(inner) = plain.strip_prefix("Option<").and_then(|p| p.strip_suffix('>')) {
        return [&kind(inner), " or none"].concat();
    }
    let list = plain.strip_prefix("Vec<").and_then(|p| p.strip_suffix('>'));
    let list = list.or_else(|| plain.strip_prefix('[').and_then(|p| p.strip_suffix(']')));
    if let Some(inner) = list {
        return ["list of ", &kind(inner.split(';').next().unwrap())].concat();
    }
    match plain.as_str() {
        "usize" | "u32" | "u8" | "i32" | "u64" => "number".to_owned(),
        "Html" => "HTML".to_owned(),
        "Listed" => "DocumentCard".to_owned(),
        "bool" => "true or false".to_owned(),
        "BTreeMap<text, serde_json::Value>" => "table".to_owned(),
        other => other.rsplit("::").next().unwrap().to_owned(),
    }
}

fn written() -> String {
    let (types, mut templates) = declared(&sources());
    templates.sort();
    let mut out = HEAD.to_owned();
    let table = |out: &mut String, declared: &Declared| {
        out.push_str("\n| field | is | |\n|---|---|---|\n");
        for (name, rust, doc) in &declared.fields {
            out.push_str(&format!("| `{name}` | {} | {} |\n", kind(rust), doc.replace('|', "\\|")));
        }
    };
    for (template, name) in &templates {
        out.push_str(&format!("\n## `{template}`\n\n{}\n", types[name].doc));
        table(&mut out, &types[name]);
    }
    out.push_str("\n# The parts\n");
    for (name, declared) in
        types.iter().filter(|t| !templates.iter().any(|(_, n)| n == t.0) && t.1.is_explained())
    {
        out.push_str(&format!("\n## {name}\n\n{}\n", declared.doc));
        table(&mut out, declared);
    }
    out
}

#[test]
fn the_documentation_of_templates_says_what_they_get() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/templates.md");
    let written = written();
    assert!(written.contains("## `document.html`") && written.contains("| `article` |"));
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &written).unwrap();
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert!(there == written, "docs/templates.md is stale: UPDATE=1 cargo test --test contexts");
}

/// The texts in quotation marks between a line that holds `from` and the end of its list.
fn listed(file: &str, from: &str) -> Vec<String> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let (_, behind) = text.split_once(from).unwrap_or_else(|| panic!("no {from} in {file}"));
    let list = behind.split("];").next().unwrap();
    let quoted = list.split('"').skip(1).step_by(2);
    quoted.filter(|word| !word.contains(['.', '/'])).map(str::to_owned).collect()
}

/// `docs/files.md` is written by hand; it names all that an owner may write.
#[test]
fn every_key_of_an_owners_file_is_explained() {
    let doc = include_str!("../docs/files.md");
    let lists = [
        ("src/facts/keys.rs", "const KNOWN: [&str; 23] = ["),
        ("src/config/mod.rs", "const KEYS: [&str; 9] ="),
        ("src/config/look.rs", "COLOURS: [&str; 8] ="),
        ("src/config/look.rs", "FONTS: [&str; 3] ="),
        ("src/render/nav.rs", "const PARTS: &[Part] = &["),
        ("src/render/nav.rs", "const VIEWS: &[Part] = &["),
    ];
    let mut keys = 0;
    for key in lists.iter().flat_map(|(file, from)| listed(file, from)) {
        assert!(doc.contains(&format!("`{key}`")), "docs/files.md does not say what `{key}` is");
        keys += 1;
    }
    assert!(keys >= 23 + 9 + 8 + 3 + 10, "{keys} keys");
    for form in [
        "Markdown",
        "Plain",
        "PdfText",
        "OcrMarkdown",
        "Clipped",
        "Superscript",
        "Thread",
        "Html",
        "Restored",
    ] {
        let name = serde_yaml::from_str::<postil::model::Form>(&kebab(form)).expect("a form").name();
        assert!(doc.contains(&format!("`{name}`")), "docs/files.md does not name the form `{name}`");
    }
}

fn kebab(name: &str) -> String {
    let mut out = String::new();
    for (i, c) in name.char_indices() {
        if c.is_uppercase() && i > 0 {
            out.push('-');
        }
        out.extend(c.to_lowercase());
    }
    out
}
