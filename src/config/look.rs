//! `colours` and `fonts` of `archive.yaml`: the archive's own look, as a style sheet over the built-in one.

use serde_json::Value;

/// The colours that may be given, as the style sheet names them.
pub const COLOURS: [&str; 8] = ["paper", "ink", "faint", "pencil", "wash", "rule", "well", "red"];

/// The faces that may be given: the source's words, the program's, and code.
pub const FONTS: [&str; 3] = ["text", "hand", "mono"];

/// What the owner gives, as names of the style sheet with their values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    values: Vec<(&'static str, String)>,
}

impl Look {
    /// Takes `colours`: each a colour, or one for light pages and one for dark.
    pub fn colours(&mut self, value: &Value) -> Result<(), String> {
        let given = value.as_object().ok_or("`colours` is no table of names with colours")?;
        for (name, value) in given {
            let Some(name) = COLOURS.into_iter().find(|c| c == name) else {
                return Err(format!("unknown colour `{name}`; there are {}", COLOURS.join(", ")));
            };
            let value = match value {
                Value::String(colour) if is_colour(colour) => colour.clone(),
                Value::Object(both) => {
                    let one = |key: &str| both.get(key).and_then(Value::as_str).filter(|c| is_colour(c));
                    match (one("light"), one("dark"), both.len()) {
                        (Some(light), Some(dark), 2) => ["light-dark(", light, ", ", dark, ")"].concat(),
                        _ => return Err(format!("`{name}` needs a colour for `light` and one for `dark`")),
                    }
                }
                _ => return Err(format!("`{name}` is no colour")),
            };
            self.values.push((name, value));
        }
        Ok(())
    }

    /// Takes `fonts`: each a list of families as CSS has it.
    pub fn fonts(&mut self, value: &Value) -> Result<(), String> {
        let given = value.as_object().ok_or("`fonts` is no table of names with families")?;
        for (name, value) in given {
            let Some(name) = FONTS.into_iter().find(|f| f == name) else {
                return Err(format!("unknown font `{name}`; there are {}", FONTS.join(", ")));
            };
            match value.as_str().filter(|families| is_families(families)) {
                Some(families) => self.values.push((name, families.to_owned())),
                None => return Err(format!("`{name}` is no list of font families")),
            }
        }
        Ok(())
    }

    /// The style sheet.
    pub fn css(&self) -> String {
        let mut out = String::from(":root {\n");
        for (name, value) in &self.values {
            out.extend(["  --", name, ": ", value, ";\n"]);
        }
        out.push_str("}\n");
        out
    }
}

/// A colour as CSS writes it: `#2b4a94`, `teal`, `rgb(10 20 30 / 50%)`.
fn is_colour(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "#(),.% /-".contains(c))
}

/// Families as CSS lists them: `"My Face", Georgia, serif`.
fn is_families(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| c.is_alphanumeric() || "\"', -_.".contains(c))
        && text.matches('"').count().is_multiple_of(2)
        && text.matches('\'').count().is_multiple_of(2)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn colours_and_fonts_become_a_style_sheet_and_nothing_else_can() {
        let mut look = Look::default();
        look.colours(&json!({ "pencil": "#00f", "paper": { "light": "white", "dark": "#111" } })).unwrap();
        look.fonts(&json!({ "text": "\"My Face\", serif" })).unwrap();
        let css = look.css();
        assert!(css.contains("--pencil: #00f;") && css.contains("--paper: light-dark(white, #111);"));
        assert!(css.contains("--text: \"My Face\", serif;"));
        for wrong in [
            json!({ "pencil": "red; } body {" }),
            json!({ "sky": "blue" }),
            json!({ "ink": { "light": "a" } }),
        ] {
            assert!(look.colours(&wrong).is_err(), "{wrong}");
        }
        assert!(look.fonts(&json!({ "text": "x\"; } a {" })).is_err());
    }
}
