//! The manifest of a client that stands alone: everything that the workspace lends it is written out.

use anyhow::{Context, Result};
use toml::{Table, Value};

/// Resolves what a member inherits from its workspace.
///
/// # Errors
/// When a manifest is no TOML or the workspace has not what the member asks for.
pub(crate) fn resolve(member: &str, workspace: &str) -> Result<String> {
    let mut member: Table = member.parse().context("the client's manifest is no TOML")?;
    let workspace: Table = workspace.parse().context("the workspace's manifest is no TOML")?;
    let workspace = workspace.get("workspace").and_then(Value::as_table).context("there is no [workspace]")?;
    if let Some(package) = member.get_mut("package").and_then(Value::as_table_mut) {
        let lent = workspace.get("package").and_then(Value::as_table);
        for (name, value) in package.iter_mut().filter(|(_, value)| inherits(value)) {
            let lent = lent.and_then(|lent| lent.get(name));
            *value = lent.cloned().with_context(|| format!("the workspace has no {name}"))?;
        }
    }
    let lent = workspace.get("dependencies").and_then(Value::as_table);
    resolve_dependencies(&mut member, lent)?;
    for (_, platform) in member.get_mut("target").and_then(Value::as_table_mut).into_iter().flatten() {
        platform.as_table_mut().map_or(Ok(()), |platform| resolve_dependencies(platform, lent))?;
    }
    if member.get("lints").is_some_and(inherits) {
        let lints = workspace.get("lints").context("the workspace has no lints")?;
        member.insert("lints".to_owned(), lints.clone());
    }
    // Neither examples nor benchmarks are copied, and no workspace around the folder is to claim it.
    for section in ["example", "bench", "test"] {
        member.remove(section);
    }
    member.insert("workspace".to_owned(), Value::Table(Table::new()));
    toml::to_string(&member).context("the manifest has no TOML form")
}

/// The lines between which a manifest has the features of the families.
const BEGIN: &str = "# @generated features begin";
const END: &str = "# @generated features end";

/// Puts the features of the families between the marks of a manifest.
///
/// # Errors
/// When the manifest has no such marks, or has one of the features beside them.
pub(crate) fn with_features(manifest: &str, features: &str) -> Result<String> {
    let (before, rest) = manifest.split_once(BEGIN).with_context(|| format!("the manifest has no line {BEGIN}"))?;
    let (head, _) = rest.split_once('\n').unwrap_or_default();
    let (_, after) = rest.split_once(END).with_context(|| format!("the manifest has no line {END}"))?;
    let features: String = features.lines().skip(1).flat_map(|line| [line, "\n"]).collect();
    let manifest = format!("{before}{BEGIN}{head}\n{features}{END}{after}");
    manifest.parse::<Table>().context("the manifest with the features of the families is no TOML")?;
    Ok(manifest)
}

/// The same for the dependencies of all platforms, or of one.
fn resolve_dependencies(manifest: &mut Table, lent: Option<&Table>) -> Result<()> {
    for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
        let Some(dependencies) = manifest.get_mut(section).and_then(Value::as_table_mut) else { continue };
        for (name, value) in dependencies.iter_mut().filter(|(_, value)| inherits(value)) {
            let lent = lent.and_then(|lent| lent.get(name)).with_context(|| format!("the workspace has no {name}"))?;
            *value = joined(lent, value);
        }
    }
    Ok(())
}

fn inherits(value: &Value) -> bool {
    value.get("workspace").and_then(Value::as_bool) == Some(true)
}

/// A dependency as the workspace declares it, with what the member adds.
fn joined(lent: &Value, own: &Value) -> Value {
    let mut joined = match lent {
        Value::Table(table) => table.clone(),
        version => Table::from_iter([("version".to_owned(), version.clone())]),
    };
    for (name, value) in own.as_table().into_iter().flatten().filter(|(name, _)| *name != "workspace") {
        match (joined.get_mut(name), value) {
            (Some(Value::Array(known)), Value::Array(more)) => {
                for value in more {
                    if !known.contains(value) {
                        known.push(value.clone());
                    }
                }
            }
            _ => {
                joined.insert(name.clone(), value.clone());
            }
        }
    }
    Value::Table(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_stand_between_the_marks() {
        let old = "[features]\ndefault = []\n# @generated features begin: by regen\nold = []\n# @generated features end\n[lib]\n";
        let new = with_features(old, "# @generated\nboat = [\n    \"port\",\n]\nport = []\n").expect("a manifest");
        let between = "boat = [\n    \"port\",\n]\nport = []\n";
        assert_eq!(new, old.replace("old = []\n", between));
        assert!(with_features(old, "# @generated\ndefault = []\n").is_err(), "one name for two features");
        assert!(with_features("[features]\n", "").is_err(), "no marks");
    }

    #[test]
    fn what_the_workspace_lends_is_written_out() {
        let workspace = r#"
            [workspace.package]
            edition = "2024"
            [workspace.dependencies]
            a = "1"
            b = { version = "2", features = ["x"] }
            [workspace.lints.rust]
            unsafe_code = "forbid"
        "#;
        let member = r#"
            [package]
            name = "client"
            edition.workspace = true
            [dependencies]
            a.workspace = true
            b = { workspace = true, optional = true, features = ["x", "y"] }
            c = "3"
            [target.'cfg(unix)'.dependencies]
            a = { workspace = true, features = ["z"] }
            [[example]]
            name = "call"
            [lints]
            workspace = true
        "#;
        let resolved: Table = resolve(member, workspace).expect("a manifest").parse().expect("TOML");
        let expected = r#"
            [package]
            name = "client"
            edition = "2024"
            [dependencies]
            a = { version = "1" }
            b = { version = "2", optional = true, features = ["x", "y"] }
            c = "3"
            [target.'cfg(unix)'.dependencies]
            a = { version = "1", features = ["z"] }
            [lints.rust]
            unsafe_code = "forbid"
            [workspace]
        "#;
        assert_eq!(resolved, expected.parse().expect("TOML"));
        assert!(resolve("[dependencies]\nz.workspace = true", workspace).is_err());
    }
}
