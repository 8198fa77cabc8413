//! The pages of one document: its text with the apparatus, the source beside it, what leads to it from an old address.

use std::collections::BTreeMap;

use serde::Serialize;

use super::context::{
    AliasPage, Apparatus, DocumentCard, DocumentPage, FacsimileHalves, FacsimilePage, Group, Head, LineItem,
    SourceFile,
};
use super::facsimile::Facsimile;
use super::model::{Around, Record, RenderedDocument, SiteFacts};
use super::page::{Page, RenderError, filled, is_web_address, link, root_of, site};
use super::templates::{Html, Templates};
use super::works::exports;
use super::{catalogue, cite, status, wording};
use crate::digest::Bytes;
use crate::fixes::offer::Offers;
use crate::model::{Omission, OmissionReason, Repair, RepairKind};
use crate::strings::Strings;

/// Items of one kind that a page shows before it refers to the data file for the rest. A scanned book has a
/// thousand closed hyphens; whoever reads the page wants to see what they look like.
const ITEMS_SHOWN: usize = 25;

/// The digest of what the page of a document and its data file follow from, if somebody asks for that. `site` stands for
/// what they show of the site.
pub fn document_inputs(templates: &Templates, site: u64, all: &impl Serialize) -> Option<Bytes> {
    templates.inputs::<DocumentPage>(&(site, all))
}

/// The page of one document, and its data file.
pub fn document(
    facts: &SiteFacts,
    record: &Record,
    rendered: &RenderedDocument,
    around: &Around,
    templates: &Templates,
) -> Result<[Page; 2], RenderError> {
    let card = &record.card;
    let data = catalogue::detail_path(&card.slug);
    let stem = super::bibliography::stem(&card.slug);
    let status = ["status.html#", &status::row_id(&card.slug)].concat();
    let root = root_of(&card.url);
    let done = !rendered.repairs.is_empty() || !rendered.omissions.is_empty();
    let offers = done.then(|| Offers::new(rendered.source));
    let facsimile = rendered.has_facsimile.then(|| facsimile_url(&card.slug));
    let context = DocumentPage {
        site: site(facts, &root),
        page: Head {
            title: &card.title,
            description: card.summary.as_deref(),
            section: "text",
            url: &card.url,
        },
        document: card,
        own_title: &rendered.own_title,
        summary: rendered.summary,
        rights: rendered.rights,
        address: rendered.address,
        address_is_link: rendered.address.is_some_and(is_web_address),
        file: rendered.file.as_ref(),
        facsimile: facsimile.clone(),
        toc: &rendered.toc,
        top_level: rendered.top_level,
        article: Html::new(rendered.article),
        apparatus: Apparatus {
            evidence: &rendered.evidence,
            notes: record.notes.tally(),
            repairs: repair_groups(rendered.repairs, offers.as_ref(), &facts.strings),
            omissions: omission_groups(rendered.omissions, offers.as_ref()),
            unresolved: record.notes.unresolved_shown(),
            unmarked: record.notes.unmarked_shown(),
            data: &data,
            status: &status,
        },
        previous: around.previous.map(link),
        next: around.next.map(link),
        works: &rendered.works,
        work_files: if rendered.works.is_empty() { Vec::new() } else { exports(&stem).into() },
        annotations: rendered.annotations,
        source: &record.source,
        fingerprint: rendered.fingerprint,
        conversation: &around.conversation,
        extra: rendered.extra,
        linked_data: cite::linked_data(facts, card, rendered.address, rendered.rights),
        coins: cite::coins(card, rendered.address),
    };
    let page = Page::new(&card.url, templates.render(&context)?);
    Ok([page, catalogue::detail(&card.slug, rendered.omissions, rendered.repairs)?])
}

/// Where the facsimile of a document is.
pub fn facsimile_url(slug: &str) -> String {
    ["texts/", slug, ".facsimile.html"].concat()
}

/// The page that shows the source of a document beside its text.
pub fn facsimile_page(
    facts: &SiteFacts,
    card: &DocumentCard,
    file: &SourceFile,
    halves: &Facsimile,
    templates: &Templates,
) -> Result<Page, RenderError> {
    let url = facsimile_url(&card.slug);
    let root = root_of(&url);
    let context = FacsimilePage {
        site: site(facts, &root),
        page: Head { title: &card.title, description: None, section: "text", url: &url },
        document: card,
        page_url: &[card.slug.as_str(), ".html"].concat(),
        file,
        facsimile: FacsimileHalves { source: Html::new(&halves.source), text: Html::new(&halves.text) },
    };
    Ok(Page::new(url.as_str(), templates.render(&context)?))
}

/// The page at an old slug of a document, which leads to it.
pub fn alias(
    facts: &SiteFacts,
    old_slug: &str,
    card: &DocumentCard,
    templates: &Templates,
) -> Result<Page, RenderError> {
    let url = ["texts/", old_slug, ".html"].concat();
    let root = root_of(&url);
    let page = Head { title: &card.title, description: None, section: "text", url: &url };
    filled(&url, &AliasPage { site: site(facts, &root), page, target: link(card) }, templates)
}

fn repair_groups(repairs: &[Repair], offers: Option<&Offers>, words: &Strings) -> Vec<Group> {
    let mut kinds: BTreeMap<RepairKind, Vec<&Repair>> = BTreeMap::new();
    repairs.iter().for_each(|r| kinds.entry(r.kind).or_default().push(r));
    let item = |r: &&Repair| LineItem {
        line: r.line,
        // Where it shows what was made of what, that says it.
        text: if r.before.is_empty() {
            wording::shortened(&words.said(&r.detail), wording::CHARACTERS_SHOWN)
        } else {
            String::new()
        },
        before: r.before.clone(),
        after: r.after.clone(),
        fix: offers.and_then(|o| o.repair(r)),
    };
    kinds.into_iter().map(|(kind, all)| group(wording::repair(kind), &all, item)).collect()
}

fn omission_groups(omissions: &[Omission], offers: Option<&Offers>) -> Vec<Group> {
    let mut reasons: BTreeMap<OmissionReason, Vec<&Omission>> = BTreeMap::new();
    omissions.iter().for_each(|o| reasons.entry(o.reason).or_default().push(o));
    let item = |o: &&Omission| LineItem {
        line: o.line,
        text: wording::shortened(&o.text, wording::CHARACTERS_SHOWN),
        before: String::new(),
        after: String::new(),
        fix: offers.and_then(|offers| offers.omission(o)),
    };
    reasons.into_iter().map(|(reason, all)| group(wording::omission(reason), &all, item)).collect()
}

/// Only what is shown is made ready: each fix has to be found unambiguous in the whole text.
fn group<T>(label: &'static str, all: &[T], item: impl Fn(&T) -> LineItem) -> Group {
    let items: Vec<LineItem> = all.iter().take(ITEMS_SHOWN).map(item).collect();
    Group { label, count: all.len(), more: all.len() - items.len(), items }
}
