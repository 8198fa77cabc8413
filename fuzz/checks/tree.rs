//! What a browser makes of HTML, by html5ever, the parser that Servo uses.

use html5ever::interface::TreeSink;
use html5ever::tendril::TendrilSink;
use html5ever::tokenizer::TokenizerOpts;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, QualName, local_name, ns, parse_document, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// A step on the way through HTML, as it is written or as it is understood.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// An element begins: its name, its attributes as they stand.
    Begin(String, Vec<(String, String)>),
    Text(String),
    End,
}

/// Puts text behind what there is, so that two stretches beside each other are one.
pub fn push_text(steps: &mut Vec<Step>, text: &str) {
    match steps.last_mut() {
        _ if text.is_empty() => {}
        Some(Step::Text(before)) => before.push_str(text),
        _ => steps.push(Step::Text(text.to_owned())),
    }
}

/// The way through the tree of an article's content.
pub fn of_article(html: &str) -> Vec<Step> {
    let body = QualName::new(None, ns!(html), local_name!("body"));
    let dom = parse_fragment(RcDom::default(), options(), body, vec![], false).one(html);
    // The fragment's own root is in the way.
    let root = dom.document.children.borrow()[0].clone();
    steps(&dom, &root, html)
}

/// The way through the tree of a whole page.
pub fn of_page(html: &str) -> Vec<Step> {
    let dom = parse_document(RcDom::default(), options()).one(html);
    let root = dom.document.clone();
    steps(&dom, &root, html)
}

/// Without scripts, as the pages are made to be read: what `noscript` holds is content.
fn options() -> ParseOpts {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let tokenizer = TokenizerOpts { exact_errors: true, ..TokenizerOpts::default() };
    ParseOpts { tree_builder, tokenizer }
}

/// Fails for whatever the parser calls an error. Nothing here recurses: no depth is too great.
fn steps(dom: &RcDom, root: &Handle, html: &str) -> Vec<Step> {
    let errors = dom.errors.borrow();
    assert!(errors.is_empty(), "not valid: {errors:?}\n{html}");
    let mut out = Vec::new();
    let below = |node: &Handle| node.children.borrow().iter().rev().cloned().map(Some).collect::<Vec<_>>();
    let mut rest = below(root);
    while let Some(next) = rest.pop() {
        let Some(node) = next else {
            out.push(Step::End);
            continue;
        };
        match &node.data {
            NodeData::Element { attrs, .. } => {
                let attributes = attrs.borrow();
                let attributes = attributes.iter().map(|a| (a.name.local.to_string(), a.value.to_string()));
                let name = dom.elem_name(&node).local.to_string();
                out.push(Step::Begin(name, attributes.collect()));
                rest.push(None);
                rest.extend(below(&node));
            }
            NodeData::Text { contents } => push_text(&mut out, &contents.borrow()),
            NodeData::Comment { contents } => panic!("the comment {contents:?}\n{html}"),
            _ => {}
        }
    }
    out
}
