//! What a clipped page brings along: banners, buttons, menus, lists of other articles.
//!
//! Only whole lines are furniture, and only by what sites say everywhere: a line that no text has counts by itself, one
//! that might as well be a heading only beside another. Behind the end of the text, the short lines under such a line are
//! titles of other pages.

use super::{Kind, Line, post};
use crate::model::{Form, OmissionReason};
use crate::quotes;
use crate::source::Source;

/// Characters of the longest line looked at: a banner on cookies is the longest.
const LONGEST: usize = 400;

/// How much a line looks like a site's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Look {
    /// The text's own.
    Text,
    /// A site's, or a heading.
    Doubtful,
    /// A site's.
    Plain,
}

/// Marks the lines that belong to the page around the text.
pub fn mark(source: &Source, lines: &mut [Line], form: Form) {
    /// A text of no form that is known needs this many plain ones.
    const ENOUGH: usize = 3;
    if !matches!(form, Form::Clipped | Form::Superscript | Form::Thread | Form::Plain) {
        return;
    }
    let own: Vec<usize> = (0..lines.len()).filter(|&i| lines[i].kind == Kind::Text).collect();
    // A line of a wrapped paragraph says nothing by itself.
    let alone = |i: usize| {
        matches!(form, Form::Clipped | Form::Thread)
            || (i == 0 || !lines[i - 1].is_text()) && lines.get(i + 1).is_none_or(|l| !l.is_text())
    };
    let of = |&i: &usize| if alone(i) { look(lines[i].text(source)) } else { Look::Text };
    let looks: Vec<Look> = own.iter().map(of).collect();
    let plain = looks.iter().filter(|l| **l == Look::Plain).count();
    if form == Form::Plain && plain < ENOUGH {
        return;
    }
    let text = |k: usize| looks.get(k).is_none_or(|l| *l == Look::Text);
    let beside = |k: usize| !text(k + 1) || k > 0 && !text(k - 1);
    let tail = tail(source, lines, &own, &looks);
    let ends_post: Vec<bool> = (0..own.len())
        .map(|k| {
            let below = own.get(k + 1).is_none_or(|&i| post::is_head(lines[i].text(source)));
            form == Form::Thread && below && post::is_button(lines[own[k]].text(source))
        })
        .collect();
    for (k, &line) in own.iter().enumerate() {
        let is_chrome = match looks[k] {
            _ if ends_post[k] => true,
            Look::Plain => true,
            Look::Doubtful => beside(k) || k >= tail,
            Look::Text => k >= tail && !tells_origin(lines[line].text(source)),
        };
        if is_chrome {
            lines[line].kind = Kind::Furniture(OmissionReason::SiteChrome);
        }
    }
    if form == Form::Clipped {
        complete_menus(source, lines);
    }
}

/// The words of a site's own among the entries of a menu: `Home`, `About us`, `Letters`, `Archive`.
fn complete_menus(source: &Source, lines: &mut [Line]) {
    /// Entries by which a menu is told.
    const ENTRIES: usize = 3;
    /// Words of an entry.
    const WORDS: usize = 2;
    for block in lines.chunk_by_mut(|a, b| !a.is_blank() && !b.is_blank()) {
        let entries = block.iter().filter(|l| l.kind == Kind::Furniture(OmissionReason::SiteChrome)).count();
        if entries < ENTRIES || entries * 2 <= block.len() {
            continue;
        }
        for line in block.iter_mut().filter(|l| l.kind == Kind::Text) {
            let text = line.text(source);
            let is_entry = text.split_whitespace().count() <= WORDS && text.ends_with(char::is_alphanumeric);
            if is_entry {
                line.kind = Kind::Furniture(OmissionReason::SiteChrome);
            }
        }
    }
}

/// Where the short lines behind the text begin that a line of the site opens, as an index into `own`.
fn tail(source: &Source, lines: &[Line], own: &[usize], looks: &[Look]) -> usize {
    /// Characters of the longest title of another page.
    const TITLE: usize = 110;
    /// The page around a text is no more than this share of it.
    const SHARE: usize = 4;
    let title = |&k: &usize| {
        let text = lines[own[k]].text(source);
        looks[k] != Look::Text
            || text.chars().take(TITLE + 1).count() <= TITLE
                && !(text.ends_with(['.', '!', ',', ';']) || quotes::ends_quotation(text))
    };
    let short = (0..own.len()).rev().take_while(title).count();
    let begins = own.len() - short;
    let opens = (begins..own.len()).find(|&k| looks[k] == Look::Plain).unwrap_or(own.len());
    let words = |range: std::ops::Range<usize>| -> usize {
        range.map(|k| lines[own[k]].text(source).split_whitespace().count()).sum()
    };
    if words(opens..own.len()) * SHARE <= words(0..opens) { opens } else { own.len() }
}

/// True for a line that says where a text comes from: it stands at the end as often as a site's own.
fn tells_origin(line: &str) -> bool {
    const WORDS: [&str; 14] = [
        "originally",
        "first ",
        "published",
        "retrieved",
        "translat",
        "source",
        "from ",
        "transcribed",
        "http",
        "www.",
        "übersetzt",
        "quelle",
        "traduit",
        "источник",
    ];
    let line = line.to_lowercase();
    WORDS.iter().any(|w| line.starts_with(w)) || line.starts_with(['—', '–', '*', '['])
}

/// True for a line that a site says, and that no text says by itself.
pub fn is_of_site(line: &str) -> bool {
    /// Bytes of the longest button.
    const BUTTON: usize = 60;
    line.len() <= BUTTON && look(line) != Look::Text
}

fn look(line: &str) -> Look {
    let length = line.chars().take(LONGEST + 1).count();
    if length > LONGEST {
        return Look::Text;
    }
    let lower = line.to_lowercase().replace('’', "'");
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric()).trim();
    if COOKIES.iter().any(|c| lower.contains(c)) && BANNERS.iter().any(|b| lower.starts_with(b)) {
        return Look::Plain;
    }
    if PLAIN.contains(&bare) {
        return Look::Plain;
    }
    if DOUBTFUL.contains(&bare) || counts_reading(bare) {
        return Look::Doubtful;
    }
    let words: Vec<&str> = bare.split(|c: char| c.is_whitespace() || "|·•›»/".contains(c)).collect();
    let words = || words.iter().filter(|w| !w.is_empty());
    if words().count() >= 2 && words().all(|w| DOUBTFUL.contains(w)) {
        return Look::Plain; // Home  About  Contact
    }
    /// Characters of the longest invitation.
    const INVITATION: usize = 120;
    if length <= INVITATION && OPENINGS.iter().any(|o| lower.starts_with(o)) {
        return Look::Plain;
    }
    Look::Text
}

/// `7 min read`, `12 comments`.
fn counts_reading(bare: &str) -> bool {
    let Some((number, unit)) = bare.split_once(' ') else { return false };
    number.bytes().all(|b| b.is_ascii_digit())
        && matches!(
            unit,
            "min read"
                | "minute read"
                | "minutes read"
                | "mins read"
                | "comments"
                | "comment"
                | "shares"
                | "views"
        )
}

/// What a banner on cookies has in it …
const COOKIES: [&str; 10] = [
    "use cookies",
    "uses cookies",
    "accept cookies",
    "of cookies",
    "verwendet cookies",
    "verwenden cookies",
    "des cookies",
    "utilizamos cookies",
    "utiliza cookies",
    "cookie",
];
/// … and begins with.
const BANNERS: [&str; 18] = [
    "we use",
    "we and our",
    "this site",
    "this website",
    "our site",
    "our website",
    "by continuing",
    "by clicking",
    "by using",
    "wir verwenden",
    "diese website",
    "diese seite",
    "nous utilisons",
    "ce site",
    "utilizamos",
    "este sitio",
    "мы используем",
    "сайт использует",
];

/// Lines that no text has.
const PLAIN: [&str; 92] = [
    "accept all",
    "accept all cookies",
    "accept cookies",
    "back to top",
    "cancel reply",
    "click to share",
    "cookie policy",
    "cookie preferences",
    "cookie settings",
    "copy link",
    "donate now",
    "download pdf",
    "download this article",
    "email this",
    "jump to navigation",
    "jump to search",
    "latest articles",
    "latest news",
    "latest posts",
    "leave a comment",
    "leave a reply",
    "load more",
    "manage preferences",
    "more articles",
    "more from this author",
    "more stories",
    "most popular",
    "most read",
    "next article",
    "next post",
    "popular posts",
    "post a comment",
    "previous article",
    "previous post",
    "print this page",
    "privacy policy",
    "read more",
    "recent posts",
    "reject all",
    "related articles",
    "related content",
    "related posts",
    "related stories",
    "share on facebook",
    "share on twitter",
    "share this",
    "share this article",
    "share this page",
    "share this post",
    "share this story",
    "show more",
    "skip to content",
    "skip to main content",
    "skip to navigation",
    "subscribe for free",
    "subscribe now",
    "subscribe today",
    "support our work",
    "terms and conditions",
    "terms of service",
    "terms of use",
    "you may also like",
    "you might also like",
    "alle akzeptieren",
    "cookie-einstellungen",
    "das könnte sie auch interessieren",
    "mehr zum thema",
    "newsletter abonnieren",
    "zum inhalt springen",
    "articles liés",
    "mentions légales",
    "sur le même sujet",
    "tout accepter",
    "à lire aussi",
    "artículos relacionados",
    "aviso legal",
    "читайте также",
    "zur navigation springen",
    "zur suche springen",
    "aller au contenu",
    "aller à la navigation",
    "haut de page",
    "nach oben",
    "discussion about this post",
    "signaler ce document",
    "ir al contenido",
    "saltar al contenido",
    "vai al contenuto",
    "torna su",
    "przejdź do treści",
    "перейти к содержимому",
    "наверх",
];

/// Lines that may be headings of a text as well.
const DOUBTFUL: [&str; 76] = [
    "about",
    "about us",
    "accept",
    "account",
    "advertisement",
    "advertisements",
    "archive",
    "archives",
    "blog",
    "close",
    "comments",
    "contact",
    "contact us",
    "donate",
    "download",
    "email",
    "facebook",
    "faq",
    "follow us",
    "home",
    "instagram",
    "listen",
    "log in",
    "login",
    "main menu",
    "menu",
    "navigation",
    "newsletter",
    "next",
    "podcast",
    "popular",
    "pre-order",
    "previous",
    "print",
    "privacy",
    "recommended",
    "register",
    "related",
    "rss",
    "save",
    "search",
    "share",
    "shop",
    "sign in",
    "sign up",
    "sponsored",
    "subscribe",
    "support us",
    "trending",
    "tweet",
    "twitter",
    "youtube",
    "anmelden",
    "anzeige",
    "datenschutz",
    "drucken",
    "impressum",
    "teilen",
    "werbung",
    "imprimer",
    "partager",
    "publicité",
    "compartir",
    "publicidad",
    "подписаться",
    "поделиться",
    "accueil",
    "startseite",
    "inicio",
    "frontpage",
    "permalink",
    "restacks",
    "reply",
    "collection notice",
    "my account",
    "главная",
];

/// What short invitations of a site begin with.
const OPENINGS: [&str; 44] = [
    "already a member",
    "already a subscriber",
    "click here to",
    "enable javascript",
    "follow us on",
    "get the latest",
    "get our ",
    "join our mailing list",
    "join our newsletter",
    "like us on",
    "log in to ",
    "please enable javascript",
    "posted in ",
    "filed under ",
    "powered by ",
    "read also:",
    "read more:",
    "reading time:",
    "estimated reading time",
    "share this ",
    "share via ",
    "share on ",
    "sign up for ",
    "sign up to ",
    "subscribe to ",
    "support us on ",
    "tagged with",
    "thanks for reading ",
    "this post is for paid",
    "type your email",
    "you need to enable javascript",
    "abonnieren sie",
    "lesen sie auch",
    "melden sie sich für",
    "teilen auf ",
    "abonnez-vous",
    "lire aussi",
    "partager sur ",
    "inscrivez-vous",
    "lea también",
    "suscríbete a",
    "compartir en ",
    "подпишитесь на",
    "поделиться в ",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Layout;

    /// The lines of a clipped page that are left.
    fn left(text: &str) -> Vec<String> {
        let source = Source::new("page.txt", text.to_owned());
        let layout = Layout::read(&source, Form::Clipped);
        layout.lines.iter().filter(|l| l.is_text()).map(|l| l.text(&source).to_owned()).collect()
    }

    const PROSE: &str = "The weir was low that year, and the millers stood idle on the bank from noon until the lamps were lit. Nobody spoke of it afterwards, though everybody remembered it well enough, and in the lower village they still tell it, with more water in it every time.";

    #[test]
    fn the_page_around_a_text_is_set_aside() {
        let page = format!(
            "Skip to content\n\nHome  About  Contact\n\nOn the Weir\n\nShare\n\nTweet\n\n{PROSE}\n\nSubscribe to our newsletter\n\n{PROSE}\n\n\
             We use cookies to make this site better for you.\n\nAccept all\n\nRelated articles\n\nThe Mill at Night\n\nA Farmer Speaks\n\n12 May 2019\n"
        );
        assert_eq!(left(&page), ["On the Weir", PROSE, PROSE]);
    }

    #[test]
    fn a_menus_other_entries_are_set_aside_with_it() {
        let page = format!("Home\nAbout us\nMillers\nLog in\nSubscribe\n\nOn the Weir\n\n{PROSE}\n");
        assert_eq!(left(&page), ["On the Weir", PROSE]);
        // Half a menu is none.
        let page = format!("Home\nLog in\nSubscribe\nMillers\nWeirs\nRivers\n\n{PROSE}\n");
        assert_eq!(left(&page), ["Millers", "Weirs", "Rivers", PROSE]);
    }

    #[test]
    fn what_might_be_the_text_stays() {
        let text = format!(
            "On the Weir\n\n{PROSE}\n\nHome\n\n{PROSE}\n\nSearch\n\n{PROSE}\n\nSubscribe to no creed, the miller used to say, and you will not have to leave one when the water rises and the priest has gone home without you.\n\n\
             {PROSE}\n\nRead more\n\nOriginally published in the Valley Review\n\nThe end was quiet.\n"
        );
        let expected: Vec<&str> = text.lines().filter(|l| !l.is_empty() && *l != "Read more").collect();
        assert_eq!(left(&text), expected);
    }
}
