//! `postil serve`: what is served, and what a page that is open is told.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// How long an answer may take before the test gives up; it takes a fraction of it.
const PATIENCE: Duration = Duration::from_secs(60);

/// A served archive; it ends with the test.
struct Served {
    process: Child,
    address: String,
    archive: tempfile::TempDir,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Served {
    fn start() -> Served {
        let archive = tempfile::tempdir().unwrap();
        let seeds = archive.path().join("seeds");
        fs::create_dir(&seeds).unwrap();
        fs::write(seeds.join("margin.md"), "# On margins\n\nThe first wording[^1].\n\n[^1]: A note.\n")
            .unwrap();
        fs::write(seeds.join("other.md"), "# Another text\n\nIt says nothing of the sort.\n").unwrap();
        let mut process = Command::new(env!("CARGO_BIN_EXE_postil"))
            .args(["serve", "--port", "0"])
            .arg(archive.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(process.stdout.take().unwrap()).lines();
        let address = loop {
            let line = said.next().expect("it says where it serves").unwrap();
            if let Some(rest) = line.strip_prefix("http://") {
                break rest.split('/').next().unwrap().to_owned();
            }
        };
        // What it says later has to go somewhere.
        std::thread::spawn(move || said.for_each(drop));
        Served { process, address, archive }
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.archive.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn ask(&self, path: &str, host: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        stream
    }

    fn get(&self, path: &str) -> String {
        let mut answer = String::new();
        self.ask(path, &self.address).read_to_string(&mut answer).unwrap();
        answer
    }

    fn events(&self) -> Events {
        Events(BufReader::new(self.ask("/_postil/events", &self.address)))
    }
}

/// What a page that is open is told.
struct Events(BufReader<TcpStream>);

impl Events {
    fn next(&mut self) -> serde_json::Value {
        loop {
            let mut line = String::new();
            assert_ne!(self.0.read_line(&mut line).expect("an event comes"), 0, "the stream ended");
            if let Some(json) = line.strip_prefix("data: ") {
                return serde_json::from_str(json).unwrap();
            }
        }
    }

    /// The next event of which this is true. Saving a file may take two builds.
    fn until(&mut self, wanted: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        loop {
            let event = self.next();
            if wanted(&event) {
                return event;
            }
        }
    }
}

fn changed(event: &serde_json::Value, file: &str) -> bool {
    event["changed"].as_array().is_some_and(|files| files.iter().any(|f| f == file))
}

#[test]
fn pages_are_served_with_the_script_that_the_site_itself_lacks() {
    let served = Served::start();
    let page = served.get("/texts/margin.html");
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(page.contains("The first wording") && page.contains("/_postil/live.js"), "{page}");
    assert!(page.contains("connect-src 'self'"), "the policy lets the script speak to the server:\n{page}");
    let written =
        fs::read_to_string(Path::new(served.archive.path()).join("site/texts/margin.html")).unwrap();
    assert!(!written.contains("_postil") && !written.contains("connect-src"));
    assert!(served.get("/").contains("On margins"));
    assert!(served.get("/_postil/live.js").contains("EventSource"));
    assert!(served.get("/texts/nothing.html").starts_with("HTTP/1.1 404"));
    assert!(served.get("/../Cargo.toml").starts_with("HTTP/1.1 4"));
}

#[test]
fn another_name_for_this_machine_gets_nothing() {
    let served = Served::start();
    let mut answer = String::new();
    served.ask("/", "elsewhere.example").read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 403") && !answer.contains("On margins"), "{answer}");
}

#[test]
fn a_change_is_built_and_told_with_the_files_that_it_changed() {
    let served = Served::start();
    let mut events = served.events();
    assert_eq!(events.next()["build"], 1);
    served.write("seeds/margin.md", "# On margins\n\nThe second wording.\n");
    let event = events.until(|e| changed(e, "texts/margin.html"));
    assert!(!changed(&event, "texts/other.html"), "{event}");
    assert!(served.get("/texts/margin.html").contains("The second wording"));
    // A folder that was not there when watching began.
    served.write("static/own.css", "p { color: inherit }");
    events.until(|e| changed(e, "static/own.css"));
}

#[test]
fn what_cannot_be_built_is_told_and_the_earlier_site_served() {
    let served = Served::start();
    let mut events = served.events();
    served.write("archive.yaml", "nonsense: 1\n");
    let event = events.until(|e| !e["failure"].is_null());
    assert!(event["failure"].as_str().unwrap().contains("archive.yaml"), "{event}");
    assert!(served.get("/texts/margin.html").contains("The first wording"));
    served.write("archive.yaml", "title: Mended\n");
    events.until(|e| e["failure"].is_null() && changed(e, "index.html"));
    assert!(served.get("/index.html").contains("Mended"));
}

#[test]
fn a_folder_that_was_away_is_watched_again() {
    let served = Served::start();
    let mut events = served.events();
    let (seeds, away) = (served.archive.path().join("seeds"), served.archive.path().join("away"));
    fs::rename(&seeds, &away).unwrap();
    events.until(|e| !e["failure"].is_null());
    fs::rename(&away, &seeds).unwrap();
    events.until(|e| e["failure"].is_null());
    served.write("seeds/other.md", "# Another text\n\nIt says something after all.\n");
    events.until(|e| changed(e, "texts/other.html"));
}

#[test]
fn a_port_that_is_taken_is_said() {
    let served = Served::start();
    let port = served.address.rsplit(':').next().unwrap();
    let archive = served.archive.path();
    let output = Command::new(env!("CARGO_BIN_EXE_postil"))
        .args(["serve", "--port", port])
        .arg(archive)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains(port) && said.contains("--port"), "{said}");
}
