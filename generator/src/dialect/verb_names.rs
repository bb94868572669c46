//! Action names of pages whose headings are verbs.
//!
//! The rule: a heading without path is named by its verb, one with a path by the path's last part. Where the API calls
//! an action otherwise, [`EXCEPTIONS`] says so; they are facts of the API of 2016, reviewed one by one against the
//! names that later pages of the same actions carry.

use super::names::camel;

/// Resource, verb, path below the resource, name.
const EXCEPTIONS: &[(&str, &str, &str, &str)] = &[
    ("auth", "POST", "/device", "authenticateDevice"),
    ("auth", "POST", "/solutionUser", "authenticateSolutionUser"),
    ("auth", "POST", "/user", "authenticateUser"),
    ("auth", "POST", "/user/github", "authenticateUserGithub"),
    ("device", "DELETE", "/data", "removeData"),
    ("device", "GET", "/command", "getCommand"),
    ("device", "GET", "/compositeState", "getCompositeState"),
    ("device", "GET", "/logs", "getLogEntries"),
    ("device", "GET", "/state", "getState"),
    ("device", "POST", "/command", "sendCommand"),
    ("device", "POST", "/state", "sendState"),
    ("devices", "POST", "/command", "sendCommand"),
    ("flow", "GET", "/logs", "getLogEntries"),
    ("flow", "GET", "/storage", "getStorageEntries"),
    ("flow", "PATCH", "/storage", "setStorageEntry"),
    ("flow", "POST", "/virtualButton", "pressVirtualButton"),
    ("me", "GET", "/recentItems", "fetchRecentItems"),
    ("me", "POST", "/recentItems", "addRecentItem"),
    ("org", "DELETE", "/invites", "revokeInvite"),
    ("org", "DELETE", "/member", "removeMember"),
    ("org", "GET", "/invites", "pendingInvites"),
    ("org", "PATCH", "/member", "modifyMember"),
    ("org", "POST", "/invites", "inviteMember"),
];

/// The name of an action; dashes of the path become camel case (`/last-value-query`).
pub(super) fn name(resource: &str, verb: &str, path: &str) -> String {
    let exception = EXCEPTIONS.iter().find(|(r, v, p, _)| (*r, *v, *p) == (resource, verb, path));
    if let Some((_, _, _, name)) = exception {
        return (*name).to_owned();
    }
    match path.rsplit('/').find(|part| !part.is_empty()) {
        Some(last) => camel(last),
        None => verb.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn rule_and_exceptions() {
        assert_eq!(name("devices", "GET", ""), "get");
        assert_eq!(name("data", "POST", "/last-value-query"), "lastValueQuery");
        assert_eq!(name("applicationKeys", "POST", "/bulkCreate"), "bulkCreate");
        assert_eq!(name("device", "GET", "/logs"), "getLogEntries");
        assert_eq!(name("auth", "POST", "/user/github"), "authenticateUserGithub");
    }
}
