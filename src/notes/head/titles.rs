//! Headings that a list of notes stands under.

/// True for a heading that a list of notes stands under.
pub fn titles_notes(line: &str) -> bool {
    const TITLES: &[&str] = &[
        "notes",
        "note",
        "footnotes",
        "endnotes",
        "end notes",
        "references",
        "notes and references",
        "anmerkungen",
        "fußnoten",
        "endnoten",
        "einzelnachweise",
        "notes de bas de page",
        "références",
        "notes et références",
        "notas",
        "notas al pie",
        "referencias",
        "примечания",
        "сноски",
        "註",
        "注",
        "注釈",
        "脚注",
        "注释",
        "註釋",
        "przypisy",
        "poznámky",
        "noten",
        "voetnoten",
        "noter",
        "fotnoter",
        "viitteet",
        "jegyzetek",
    ];
    let bare: String = line.chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
    TITLES.contains(&bare.trim().to_lowercase().as_str())
}
