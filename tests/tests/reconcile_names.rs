//! Actions whose pages have no names get them from other pages, never by their order.

mod support;

use generator::{Read, read};
use support::plain;
use support::widget::{CLIENT, action, found, origins, sound, source};

/// A page with verb headings: the action of the sound page under other addresses.
fn verbs(actions: &[(&str, &str, &str)]) -> String {
    let page = sound("verbs", "widget.md");
    let (head, get) = page.split_once("## GET\n").expect("an action");
    let mut out = head.to_owned();
    for (method, path, text) in actions {
        let heading = if path.is_empty() { format!("## {method}\n") } else { format!("## {method} - {path}\n") };
        let body = get
            .replacen("**`WIDGET_ID`**", &format!("**`WIDGET_ID`**{path}"), 1)
            .replace("WIDGET_ID\n```", &format!("WIDGET_ID{path}\n```"))
            .replace("-X GET", &format!("-X {method}"))
            .replace("Returns one widget", text);
        out.extend([heading, body]);
    }
    out
}

/// The functions of a client for such actions.
fn functions(actions: &[(&str, &str)]) -> String {
    let (head, get) = CLIENT.split_once("## Get\n").expect("an action");
    let drop = ["| sortDirection", "| tagFilter", "| query", "| changes"];
    let get: String = get
        .lines()
        .filter(|line| !drop.iter().any(|row| line.starts_with(row)))
        .fold(String::new(), |text, line| text + line + "\n");
    let get = get.replace(",\n    changes=my_changes)", ")");
    let title = |name: &str| {
        name.char_indices().fold(String::new(), |text, (at, c)| match at {
            0 => text + &c.to_uppercase().to_string(),
            _ if c.is_uppercase() => text + " " + &c.to_string(),
            _ => text + &c.to_string(),
        })
    };
    let snake = |name: &str| title(name).to_lowercase().replace(' ', "_");
    let mut names: Vec<_> = actions.to_vec();
    names.sort_unstable();
    let contents: Vec<String> = names
        .iter()
        .map(|(name, _)| format!("*   [{}](#{})", title(name), title(name).to_lowercase().replace(' ', "-")))
        .collect();
    let mut out = head.replace("*   [Get](#get)", &contents.join("\n")).replace("<br/>\n\n", "");
    for (name, text) in names {
        let part = get.replace("widget.get(", &format!("widget.{}(", snake(name))).replace("Returns one widget.", text);
        out.extend(["<br/>\n\n## ", &title(name), "\n", &part, "\n"]);
    }
    out.trim_end().to_owned() + "\n"
}

fn names(result: &Read) -> Vec<(&str, &str)> {
    let actions = result.api.resources.iter().flat_map(|resource| &resource.actions);
    actions.map(|action| (&action.name[..], action.path.rsplit('/').next().unwrap_or_default())).collect()
}

#[test]
fn actions_without_names_get_those_of_the_clients() {
    let rest = verbs(&[
        ("DELETE", "/data", "Removes the data"),
        ("GET", "/logs", "Retrieve the recent log entries"),
        ("POST", "/data", "Sends some data"),
    ]);
    let client = functions(&[
        ("getLogEntries", "Retrieve the recent log entries"),
        ("purge", "Removes the data"),
        ("sendData", "Sends some data"),
    ]);
    let result = read(vec![source("rest/widget.md", &rest), source("client/widget.md", &client)]);
    assert!(!result.has_errors(), "{}", plain(&result));
    assert_eq!(names(&result), [("getLogEntries", "logs"), ("purge", "data"), ("sendData", "data")]);
    assert_eq!(origins(action(&result, "purge"), "name"), ["client/widget.md"]);
    assert!(found(&result, "action-name-derived").is_empty());

    // What no page names is called after method and path, and after its siblings where these agree.
    let rest = verbs(&[
        ("POST", "/device", "Lets a device in"),
        ("POST", "/user", "Lets a user in"),
        ("POST", "/user/github", "Lets somebody in who is known elsewhere"),
    ]);
    let client = functions(&[("admitDevice", "Lets a device in"), ("admitUser", "Lets a user in")]);
    let result = read(vec![source("rest/widget.md", &rest), source("client/widget.md", &client)]);
    assert_eq!(names(&result), [("admitDevice", "device"), ("admitUser", "user"), ("admitUserGithub", "github")]);
    assert_eq!(found(&result, "action-name-derived").len(), 1, "{}", plain(&result));
}

#[test]
fn two_names_that_fit_alike_are_pointed_out() {
    let rest = verbs(&[("POST", "/left", "Moves it"), ("POST", "/right", "Moves it")]);
    let client = functions(&[("shoveOne", "Moves it"), ("shoveTwo", "Moves it")]);
    let result = read(vec![source("rest/widget.md", &rest), source("client/widget.md", &client)]);
    assert_eq!(found(&result, "action-name-ambiguous").len(), 2, "{}", plain(&result));
}

#[test]
fn another_page_of_the_rest_api_tells_names_by_address() {
    let rest = verbs(&[("GET", "", "Returns one widget")]);
    let newer = sound("anchored", "widget.md").replace("## Get", "## Find").replace("name=\"get-", "name=\"find-");
    let result = read(vec![source("old/widget.md", &rest), source("new/widget.md", &newer)]);
    assert_eq!(names(&result).len(), 1, "{}", plain(&result));
    assert_eq!(names(&result)[0].0, "find");
}
