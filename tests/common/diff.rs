//! Two texts side by side, line by line: what a failing case prints.

/// The lines that differ, `-` for what was expected and `+` for what came, with one line of the rest around them.
pub fn lines(expected: &str, got: &str) -> String {
    let (a, b): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), got.lines().collect());
    let same = common(&a, &b);
    let mut out = String::new();
    let (mut i, mut j) = (0, 0);
    let ends = [(a.len(), b.len())];
    for &(next_a, next_b) in same.iter().chain(&ends) {
        if (i, j) != (next_a, next_b) {
            if let Some(before) = i.checked_sub(1).and_then(|k| a.get(k)) {
                out.extend(["    ", before, "\n"]);
            }
            a[i..next_a].iter().for_each(|line| out.extend(["  - ", line, "\n"]));
            b[j..next_b].iter().for_each(|line| out.extend(["  + ", line, "\n"]));
        }
        (i, j) = (next_a + 1, next_b + 1);
    }
    if out.is_empty() { "  (they differ in line ends only)\n".to_owned() } else { out }
}

/// Pairs of indices of the longest common subsequence. Quadratic: golden cases are short.
fn common(a: &[&str], b: &[&str]) -> Vec<(usize, usize)> {
    let mut best = vec![vec![0_u32; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            best[i][j] =
                if a[i] == b[j] { best[i + 1][j + 1] + 1 } else { best[i + 1][j].max(best[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}
