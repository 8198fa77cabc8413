//! A small archive, rendered from a model made by hand: what the tests of the pages and
//! `examples/sample_site.rs` look at. Its texts were written for it.

use std::collections::{BTreeMap, BTreeSet};

use postil::build::rows;
use postil::diagnostic::{Code, Diagnostic, Severity};
use postil::model::{Form, Meta, Omission, OmissionReason, Repair, RepairKind, Tag};
use postil::render::assets::Assets;
use postil::render::context::{DocumentCard, Fitting, NoWork, SourceFile, TocEntry};
use postil::render::conversation::{Conversation, RelatedDocument, Shared};
use postil::render::order::title_places;
use postil::render::templates::Templates;
use postil::render::{
    Around, Lists, NoteCounts, Page, Record, ReferenceCounts, RenderedDocument, SiteFacts, SiteModel,
    TagEntry, Unmarked, Unresolved, alias, document, readers, wording,
};
use postil::said::Said;
use postil::source::{Source, Span};
use postil::strings::Strings;

type Anything = Box<dyn std::error::Error>;

struct Text {
    slug: &'static str,
    title: &'static str,
    authors: &'static [&'static str],
    date: Option<&'static str>,
    lang: &'static str,
    form: Form,
    tags: &'static [(&'static str, bool)],
    summary: Option<&'static str>,
    collection: Option<&'static str>,
    words: usize,
    title_in_text: bool,
    article: String,
    toc: &'static [(&'static str, &'static str, u8)],
}

/// Every file of the sample site, the default static files among them.
pub fn site() -> Result<Vec<Page>, Anything> {
    let assets = Assets::embedded();
    let strings = Strings::default();
    let templates = Templates::compile(&assets.templates, &strings)?;
    let facts = SiteFacts {
        description: Some(
            "Essays and talks on notes, proofs and the edges of pages, kept for reading.".to_owned(),
        ),
        ..SiteFacts::new("Papers on Margins".to_owned(), strings)
    };
    let texts = texts();
    let records: Vec<Record> = texts.iter().map(record).collect();
    let repairs = sample_repairs();
    let omissions = sample_omissions();
    let extra = BTreeMap::new();
    let source = Source::new("sample.txt", String::new());
    let mut out = Vec::new();
    for (i, text) in texts.iter().enumerate() {
        let rich = i == 0;
        let split = if text.title_in_text { text.article.find("</h1>").map_or(0, |i| i + 5) } else { 0 };
        let rendered = RenderedDocument {
            own_title: text.article[..split].to_owned(),
            summary: text.summary,
            article: &text.article[split..],
            top_level: 2,
            toc: text
                .toc
                .iter()
                .map(|&(id, title, depth)| TocEntry { id: id.to_owned(), title: title.to_owned(), depth })
                .collect(),
            evidence: vec![
                "41 of 52 lines end between 68 and 74 characters: hard-wrapped".to_owned(),
                "6 groups of numbered lines stand above a page number: notes at the foot of pages".to_owned(),
                "no `<sup>` & no `[^1]`: not Markdown".to_owned(),
            ],
            repairs: if rich { &repairs } else { &[] },
            omissions: if rich { &omissions } else { &[] },
            rights: rich.then_some("Free to copy and to change, with the author’s name."),
            address: rich.then_some(
                "https://example.org/papers/2018/11/on-the-use-of-margins-in-common-reading-rooms.html",
            ),
            file: Some(SourceFile {
                url: format!("files/{}.txt", text.slug),
                name: format!("{}.txt", text.slug),
                size: wording::file_size(text.article.len() as u64, &Strings::default()),
            }),
            source: &source,
            has_facsimile: false,
            annotations: &[],
            fingerprint: "00",
            works: Vec::new(),
            extra: &extra,
        };
        let around = Around {
            previous: i.checked_sub(1).map(|p| &records[p].card),
            next: records.get(i + 1).map(|r| &r.card),
            conversation: Conversation { related: related(&records, i), ..Conversation::default() },
        };
        out.extend(document(&facts, &records[i], &rendered, &around, &templates)?);
        out.push(Page::new(format!("files/{}.txt", text.slug), text.article.clone()));
    }
    out.push(alias(&facts, "margins-old", &records[0].card, &templates)?);
    let diagnostics = vec![
        Diagnostic::file(Severity::Error, Code::Binary, "seeds/scan.txt", Said::told("this is no text"))
            .hint(Said::told("put the text beside the scan and name it in `source`")),
    ];
    let tags = tags(&records);
    out.push(postil::render::works::index(&facts, &[], &templates)?);
    let cards: Vec<&DocumentCard> = records.iter().map(|r| &r.card).collect();
    let title_places = title_places(&cards);
    let model = SiteModel {
        facts,
        records,
        title_places,
        tags,
        works: [].into(),
        wanted: Vec::new(),
        twins: vec![[0, 1]],
        stray_annotations: 0,
        names_follow_from: String::new(),
        names_at: Vec::new(),
        names: Vec::new(),
        diagnostics,
    };
    let lists = Lists::of(&model, &[]);
    let rows = rows::renewed(None, &lists.parts(), &templates)?;
    let lists = lists.with_rows(rows.unwrap_or_default());
    for list in Lists::ALL {
        out.extend(list(&lists, &templates)?);
    }
    let paths: Vec<String> = out.iter().map(|page| page.path.clone()).collect();
    out.extend(lists.feeds(&paths)?);
    out.push(readers::page(&model, &[], &[], &[], &[], &templates)?);
    out.extend(assets.pages());
    out.push(Page::new("static/highlight.css", ".hl-keyword { font-weight: 600 }\n"));
    out.push(Page::new("static/annotate-strings.js", "postilMarkStrings = {}\n"));
    Ok(out)
}

/// The texts that bear a tag of the one at `i`.
fn related(records: &[Record], i: usize) -> Vec<RelatedDocument<'_>> {
    let common = |r: &Record| -> Vec<Shared<'static>> {
        let url = |name: &str| format!("tags/{}.html", tag_slug(name));
        shared(&r.card, &records[i].card)
            .map(|name| Shared { kind: "tag", url: url(&name).into(), name: name.into() })
            .collect()
    };
    let others = records.iter().enumerate().filter(|&(k, _)| k != i).map(|(_, r)| (r, common(r)));
    let related = others.filter(|(_, shared)| !shared.is_empty()).take(4);
    related.map(|(r, shared)| RelatedDocument { document: &r.card, shared }).collect()
}

fn shared<'a>(a: &'a DocumentCard, b: &'a DocumentCard) -> impl Iterator<Item = String> + 'a {
    a.tags.iter().filter(|t| b.tags.contains(t)).map(|t| t.name.clone())
}

fn tag_slug(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}

fn tags(records: &[Record]) -> Vec<TagEntry> {
    let names: BTreeSet<&str> =
        records.iter().flat_map(|r| r.card.tags.iter().map(|t| t.name.as_str())).collect();
    names
        .into_iter()
        .map(|name| {
            let bears = |r: &Record| r.card.tags.iter().find(|t| t.name == name).map(|t| t.derived);
            TagEntry {
                name: name.to_owned(),
                slug: tag_slug(name),
                derived: records.iter().filter_map(bears).all(|derived| derived),
                documents: (0..records.len()).filter(|&i| bears(&records[i]).is_some()).collect(),
            }
        })
        .collect()
}

fn no_work() -> NoWork {
    NoWork {
        words: "Ferrier 1931, p. 4".to_owned(),
        id: Some("note-3".to_owned()),
        candidates: vec!["Ferrier, The Empty Margin".to_owned(), "Ferrier 1930".to_owned()],
        why: "several works of this author are cited".to_owned(),
    }
}

fn record(text: &Text) -> Record {
    let tag = |&(name, derived): &(&str, bool)| Tag { name: name.to_owned(), derived };
    let meta = Meta {
        title: text.title.to_owned(),
        authors: text.authors.iter().map(|&a| a.to_owned()).collect(),
        date: text.date.map(str::to_owned),
        lang: Some(text.lang.to_owned()),
        tags: text.tags.iter().map(tag).collect(),
        summary: text.summary.map(str::to_owned),
        collection: text.collection.map(str::to_owned),
        ..Meta::default()
    };
    let markers = text.article.matches("role=\"doc-noteref\"").count();
    let notes = text.article.matches("<li id=\"note-").count();
    let rich = text.slug == "on-the-use-of-margins";
    let unmarked = Unmarked {
        label: "9".to_owned(),
        part: 1,
        text: "A note that lost its place when the leaf it belonged to was cut away.".to_owned(),
        line: 210,
        id: Some("note-9".to_owned()),
    };
    let unresolved = Unresolved {
        label: "8".to_owned(),
        before: "as the second keeper had written in the daybook".to_owned(),
        line: 162,
        id: Some("ref-8".to_owned()),
    };
    let counts = NoteCounts {
        markers: markers + usize::from(rich),
        notes,
        paired: markers,
        unmarked: if rich { vec![unmarked] } else { Vec::new() },
        unresolved: if rich { vec![unresolved] } else { Vec::new() },
    };
    let source = format!("seeds/{}.txt", text.slug);
    let diagnostics = if rich {
        vec![
            Diagnostic::file(
                Severity::Warning,
                Code::NoteWithoutMarker,
                source.clone(),
                Said::told("note 9 has no marker"),
            )
            .hint(Said::told("if the text shows where it belongs, add the marker under `fixes`")),
        ]
    } else {
        Vec::new()
    };
    Record {
        annotations: Fitting::default(),
        source,
        card: DocumentCard::new(
            text.slug,
            &meta,
            text.form,
            text.words,
            notes,
            &Strings::default(),
            |name| format!("tags/{}.html", tag_slug(name)),
        ),
        notes: counts,
        references: ReferenceCounts {
            all: if rich { 3 } else { 0 },
            untied: if rich { vec![no_work()] } else { Vec::new() },
        },
        fixes: Fitting { all: 2, lost: usize::from(rich) },
        omissions: if rich { 32 } else { 0 },
        repairs: if rich { 30 } else { 0 },
        works: Vec::new(),
        diagnostics,
    }
}

fn sample_repairs() -> Vec<Repair> {
    let repair = |kind, line, detail: &str| Repair {
        kind,
        span: Span::default(),
        line,
        detail: Said::told(detail),
        before: "mar-".to_owned(),
        after: "margins".to_owned(),
        at: 0,
    };
    let mut out = vec![
        repair(RepairKind::PageOrder, 40, "pages 4 and 3 were printed in the other order"),
        repair(
            RepairKind::Heading,
            61,
            "“The keeper’s hand” stands alone between blank lines, as the other headings do",
        ),
    ];
    out.extend((0..28).map(|i| repair(RepairKind::Hyphen, 80 + i * 3, "“mar-” + “gins” → “margins”")));
    out
}

fn sample_omissions() -> Vec<Omission> {
    let omission =
        |reason, line, text: &str| Omission { text: text.to_owned(), reason, span: Span::default(), line };
    let mut out: Vec<Omission> =
        (1..=30).map(|i| omission(OmissionReason::RunningHead, i * 31, "ON THE USE OF MARGINS")).collect();
    let chrome = "Subscribe to our letter and never miss a paper! Enter your address below. \
        You can leave at any time, and we will not pass your address to others, except to those we must.";
    out.push(omission(OmissionReason::SiteChrome, 2, chrome));
    out.push(omission(OmissionReason::PageNumber, 31, "1"));
    out
}

/// A marker and its way to a note.
fn marker(n: usize) -> String {
    format!("<sup><a role=\"doc-noteref\" id=\"ref-{n}\" href=\"#note-{n}\">{n}</a></sup>")
}

/// A list of notes; a note is its label and its HTML.
fn notes(notes: &[(usize, &str)]) -> String {
    let mut out = String::from(
        "<section role=\"doc-endnotes\" aria-labelledby=\"notes\"><h2 id=\"notes\" data-generated>Notes</h2><ol class=\"notes\">",
    );
    for (n, html) in notes {
        let back = match n {
            9 => "<p class=\"note-state\" data-generated>No marker in the text points to this note.</p>".to_owned(),
            2 => "<a role=\"doc-backlink\" href=\"#ref-2\" data-generated aria-label=\"Back to marker a\">↩ a</a> \
                  <a role=\"doc-backlink\" href=\"#ref-2b\" data-generated aria-label=\"Back to marker b\">b</a>"
                .to_owned(),
            n => format!(
                "<a role=\"doc-backlink\" href=\"#ref-{n}\" data-generated aria-label=\"Back to the text\">↩</a>"
            ),
        };
        out.push_str(&format!(
            "<li id=\"note-{n}\"><span class=\"note-label\">{n}.</span> <p>{html}</p> {back}</li>"
        ));
    }
    out.push_str("</ol></section>");
    out
}

fn margins() -> String {
    let m = marker;
    let mut out = String::new();
    out.push_str(&format!(
        "<p>Whoever has kept a reading room for long enough knows that a book is returned in two ways. It comes back as it left, or it comes back with company: a line under a sentence, a cross, a name with a question mark, now and then a whole argument written small along the fore-edge.{} The rules of most rooms forbid the second. The use of most rooms depends on it. I should like to say a word for the company, and to ask what becomes of it when the page it was written on is no longer a page.</p>",
        m(1)));
    out.push_str(&format!(
        "<p>In the winter of 1931 the room in Harbour Street had forty-one chairs and some nine hundred volumes, of which two hundred and six, by the keeper’s own count, were “spoiled by hands”.{} She did not mend them. She had a second shelf built, at the height of the eye, and moved them there, and by spring it was the shelf from which nearly everybody read.{} A margin, she wrote to the committee, is the part of the page that the printer has left to <em>us</em>; we may be late in taking it up, but we were asked.</p>",
        m(2),
        "<sup><a role=\"doc-noteref\" id=\"ref-2b\" href=\"#note-2\">2</a></sup>"));
    out.push_str("<h2 id=\"the-keepers-hand\">The keeper’s hand</h2>");
    out.push_str(&format!(
        "<p>Three hands can be told apart in the copies that are left. The first is the keeper’s, upright and without loops; it corrects dates and spells out names. The second is a reader’s who signs with a small anchor. The third, in pencil, only ever writes <i lang=\"la\">vide infra</i>, and is always right.{}{}</p>",
        m(3), m(4)));
    out.push_str(&format!(
        "<blockquote><p>We are told to leave no trace. I have read here for eleven years, and all that I have understood I understood because somebody before me did not do as he was told.{}</p></blockquote>",
        m(5)));
    out.push_str("<p>The committee’s reply has been lost, but its sense may be read from what was bought next: a gross of soft pencils. The accounts for those years survive, and they are worth setting out in full, if only because no one has done so.</p>");
    out.push_str("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table><thead><tr><th>Year</th><th class=\"right\">Volumes</th><th class=\"right\">With notes</th><th class=\"right\">Pencils bought</th><th>Remark of the auditor</th></tr></thead><tbody><tr><td>1931</td><td class=\"right\">912</td><td class=\"right\">206</td><td class=\"right\">144</td><td>“Excessive.”</td></tr><tr><td>1932</td><td class=\"right\">960</td><td class=\"right\">341</td><td class=\"right\">144</td><td>“As before, and excessive.”</td></tr><tr><td>1933</td><td class=\"right\">1,018</td><td class=\"right\">498</td><td class=\"right\">288</td><td>None; the auditor had become a reader.</td></tr></tbody></table></div>");
    out.push_str("<h3 id=\"a-rule-and-its-exception\">A rule and its exception</h3>");
    out.push_str(&format!(
        "<p>There was one rule, pinned to the door, and one exception to it, known to all. The rule was that nobody should rub out. The exception was verse.{}</p>",
        m(6)));
    out.push_str("<div class=\"verse\"><p>What the wide page leaves white<br>is not for want of words;<br>the tide goes out at night<br>and leaves the sand to birds,</p><p>who write there, three toes each,<br>a comment on the sea,<br>in no one’s school of speech,<br>and set in no one’s key.</p></div>");
    out.push_str("<p>Two things follow. The first is that a note has a <a href=\"https://example.org/place\" rel=\"noopener\">place</a>, and that the place is half of what it says. The second is a list, and lists were what the third hand liked best:</p><ol><li>a mark says <em>here</em>;</li><li>a number says <em>and there</em>;</li><li>a hand says <em>I</em>, and says so whether or not it signs:<ul><li>by its slope,</li><li>by what it passes over in silence.</li></ul></li></ol>");
    out.push_str("<h2 id=\"what-the-scanner-saw\">What the scanner saw</h2>");
    out.push_str(&format!(
        "<p>When the room was closed its shelves were photographed, and the photographs were read by a machine. The machine took the notes for dirt. Where it could not it took them for text, and so there are sentences of the keeper’s in the middle of other people’s sentences, where they do rather well.{} It counted, as the second keeper had written in the daybook<sup><span class=\"noteref-missing\" id=\"ref-8\">8</span></sup>, every speck. Here is what it made of one page, with the line ends that it found:</p>",
        m(7)));
    out.push_str("<pre class=\"plain\" tabindex=\"0\">shelf   volumes   of which annotated   rubbed out (verse only)\n  I         118                   12                          0\n  II        204                  198                         31\n  III       (not photographed: the lamp had failed, and with it the afternoon)</pre>");
    out.push_str("<pre class=\"code\" tabindex=\"0\"><code class=\"language-rust\"><span class=\"hl-keyword\">fn</span> is_dirt(speck: &amp;Speck) -&gt; bool {\n    speck.area() &lt; SMALLEST_COMMA // and so every comma of the third hand was lost to us\n}</code></pre>");
    out.push_str("<figure><img src=\"../static/favicon.svg\" alt=\"A page with a line in its margin\" width=\"96\" height=\"96\"><figcaption>The stamp of the room in Harbour Street, redrawn.</figcaption></figure><hr>");
    out.push_str("<p>I do not ask that the machine should understand. I ask that it should leave the white where it was. A reader who finds a page with its margins cut away has been given a text; a reader who finds them has been given, besides, the others.</p>");
    out.push_str(&notes(&[
        (1, "The expression is the keeper’s. I have it from her letter to the committee, of which the draft is in the box marked <em>Misc.</em>, and the fair copy nowhere."),
        (2, "Daybook, 14 January 1931. The number is given as 206 in the daybook and as 209 in the report; three volumes were on loan, and came back spoiled. The same entry has the height of the shelf, in hands, which shows that somebody had a sense of what was going on, or kept horses. See also <a href=\"https://example.org/daybook\">the transcript</a>."),
        (3, "For instance in the atlas, where “Const.” is written out forty times."),
        (4, "Once it is wrong: <i>Harbour Almanac</i>, p. 77, where there is nothing below."),
        (5, "Second hand, on the fly-leaf of a grammar. The anchor is drawn upside down, which I take to be grief, though others have taken it for haste."),
        (6, "<i>Ibid.</i>, 3 March. Verse was rubbed out by its authors, at night, and written again by morning."),
        (7, "The best of these is now a proverb in the town."),
        (9, "A note that lost its place when the leaf it belonged to was cut away."),
    ]));
    out
}

fn short(paragraphs: &[&str], the_notes: &[(usize, &str)]) -> String {
    let body: String = paragraphs
        .iter()
        .enumerate()
        .map(|(i, p)| {
            let marker = the_notes.get(i).map(|n| marker(n.0)).unwrap_or_default();
            format!("<p>{p}{marker}</p>")
        })
        .collect();
    if the_notes.is_empty() { body } else { body + &notes(the_notes) }
}

fn texts() -> Vec<Text> {
    let long = "A proof is read twice, once for what it says and once for what it is, and the second reading is \
        the slower. The first reader follows the argument and forgives the comma; the second forgives the \
        argument.";
    vec![
        Text {
            slug: "on-the-use-of-margins",
            title: "On the Use of Margins in Common Reading Rooms",
            authors: &["Ottoline Brandt", "Teodor Vance"],
            date: Some("2018-11"),
            lang: "en",
            form: Form::PdfText,
            tags: &[("margins", false), ("reading rooms", false), ("pencils", true)],
            summary: Some("What readers wrote beside the text, who let them, and what a scanner made of it."),
            collection: Some("Harbour Street"),
            words: 10_412,
            title_in_text: false,
            article: margins(),
            toc: &[
                ("the-keepers-hand", "The keeper’s hand", 1),
                ("a-rule-and-its-exception", "A rule and its exception", 2),
                ("what-the-scanner-saw", "What the scanner saw", 1),
                ("notes", "Notes", 1),
            ],
        },
        Text {
            slug: "reading-proof",
            title: "Reading Proof",
            authors: &["Ida Marlowe"],
            date: Some("2021-03-09"),
            lang: "en",
            form: Form::Markdown,
            tags: &[("proofs", false), ("pencils", true)],
            summary: None,
            collection: None,
            words: 1_830,
            title_in_text: true,
            article: format!(
                "<h1 id=\"reading-proof\">Reading Proof</h1>{}",
                short(&[long, long, long], &[(1, "Heard, not read.")])
            ),
            toc: &[],
        },
        Text {
            slug: "vom-rand",
            title: "Vom Rand her: Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle",
            authors: &["Änne Öhlenschläger"],
            date: Some("1987"),
            lang: "de",
            form: Form::OcrMarkdown,
            tags: &[("margins", false), ("archives", true)],
            summary: Some("Über Anmerkungen, die älter sind als ihr Text."),
            collection: Some("Harbour Street"),
            words: 23_004,
            title_in_text: false,
            article: short(
                &[
                    "Wer am Rande schreibt, schreibt nicht daneben. Die Anmerkung ist älter als der Text, zu dem sie gehört; sie wartet nur, bis er gesetzt ist, und nimmt dann den Platz ein, den der Setzer ihr gelassen hat.",
                ],
                &[(1, "So jedenfalls die Vorrede.")],
            ),
            toc: &[],
        },
        Text {
            slug: "hamish",
            title: "ملاحظة على الهامش",
            authors: &["سعاد منصور"],
            date: Some("2009-05"),
            lang: "ar",
            form: Form::Clipped,
            tags: &[("margins", false)],
            summary: None,
            collection: None,
            words: 640,
            title_in_text: false,
            article: short(
                &["الهامش بيتُ القارئ. يكتب فيه ما لا يسعه المتن، ثم يمضي ويترك لمن بعده علامةً صغيرة وسؤالاً."],
                &[(1, "هكذا قيل في مجلس القراءة.")],
            ),
            toc: &[],
        },
        Text {
            slug: "posts-on-indexes",
            title: "The Index Is the Last Reader: A Thread, with Replies, on Who Makes Them and Who Is Left Out of Them",
            authors: &[],
            date: None,
            lang: "en",
            form: Form::Thread,
            tags: &[("indexes", true), ("proofs", false)],
            summary: Some("Nine posts by people who make indexes, and one by a person who is in one."),
            collection: None,
            words: 4_120,
            title_in_text: false,
            article: short(&[long, long], &[]),
            toc: &[],
        },
    ]
}
