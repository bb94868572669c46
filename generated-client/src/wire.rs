//! Where the requests of this crate are not those of the official clients.
//!
//! For every action, the requests of this crate mean the same as those that the official JavaScript client (losant-rest
//! 4.2.0) or Python client (losant-rest 2.2.0) sends for the same arguments: method, path, query, headers and body. The
//! tests of this crate make recorded calls of both again and compare. The table holds every difference that they may
//! find; a row that no recorded call shows any more fails them too.
//!
//! A call is named by resource, action and case, `*` stands for anything, and `defect` for all calls in which the
//! official client is known to distort or refuse what it was given in that way. Where the two clients differ from each
//! other, this crate follows the JavaScript client, which has every action.
//!
//! | Client | Calls | Difference | The official client sends | This crate sends | Why |
//! | --- | --- | --- | --- | --- | --- |
//! | `py` | `*.* max`, `*.* min` | `query-value` | booleans as `True` and `False` | `true` and `false` | as the JavaScript client and the documentation write them (`devices.get max`) |
//! | `py` | `*.* max`, `*.* min` | `body-absent-vs-empty-object` | no body where none is given | `{}` as JSON | as the JavaScript client, whose form the API is known to take from `DELETE` too (`application.delete min`) |
//! | `js` | `defect path-malformed-escape` | `path` | CESU-8 beyond U+FFFF, one hexadecimal digit for control characters | UTF-8, two digits | what is sent can be decoded by no server (`dataTableRow.patch hostile-path-unicode`) |
//! | `js` | `defect path-dot-collapse` | `refusal` | a path with the segment `.` or `..` removed | nothing; an error | another route would be called (`application.get hostile-path-dotdot`) |
//! | `js` | `defect header-altered` | `refusal` | a header value without what cannot stand in it | nothing; an error | a value is sent as it was given or not at all (`orgs.get hostile-header-crlf`) |
//! | `js` | `application.import min`, `applications.import min`, `applications.import hostile-multipart-none` | `header-content-type`, `body-kind` | `{}` as JSON where a form has no part | an empty form | the action takes a form (defect `multipart-sent-as-json`) |
//! | `js` | `file.upload hostile-multipart-undefined`, `file.upload hostile-multipart-null` | `refusal` | `{}` as JSON, or the text `null`, in place of the file | nothing; an error | the file is required |
//! | `js` | `applications.import hostile-multipart-null-string`, `applications.import hostile-multipart-options-null` | `multipart-part-missing` | the text `null` | no such part | null counts as absent (defect `multipart-null-as-text`) |
//! | `js` | `defect refused` | `refusal` | nothing; it throws | the boolean as text | the documentation's own examples of these parts are booleans (`applications.import max`) |
//! | `js` | `file.upload hostile-multipart-number` | `refusal` | a number as the file | nothing; an error | a file is text, bytes or a stream |
//! | `js` | `file.upload hostile-multipart-stream-unicode` | `multipart-filename` | a file name with bare quotes, which ends at the first | quotes as `%22` | as browsers write them (defect `multipart-filename-unescaped`) |
//! | `js` | `*.* hostile-multipart-stream*`, `*.* hostile-multipart-bundle-stream` | `multipart-content-type` | a content type guessed from the file name | `application/octet-stream` unless the upload says otherwise | no table of file types is carried along; [`Upload::content_type`](crate::Upload::content_type) sets one |
//! | `js` | `devices.get hostile-query-null`, `devices.get hostile-objquery-null`, `orgs.get hostile-global-null` | `query-missing`, `query-value` | null as an empty value or as `null` | no such parameter, or its default | null counts as absent; the Python client leaves plain ones out too |
//! | `js` | `devices.get hostile-query-nan` | `query-missing` | `NaN` | no such parameter | JSON arguments have no such number; a typed one is an error |
//! | `js` | `devices.get hostile-query-array*`, `devices.get hostile-query-object*`, `orgs.get hostile-global-array`, `orgs.get hostile-header-array` | `refusal` | a list or object in brackets, or joined by commas, for a plain parameter | nothing; an error | the parameter is documented as one text |
//! | `js` | `devices.get hostile-objquery-array`, `devices.get hostile-objquery-number` | `refusal` | a list or a number for an object | nothing; an error | the parameter is documented as an object |
//! | `js` | `defect objquery-string-double-encoded` | `refusal` | a text for an object, encoded once more | nothing; an error | the parameter is documented as an object (`devices.get hostile-objquery-string`) |
//! | `js` | `orgs.get hostile-acceptversion-empty` | `header-accept-version` | the default version where an empty one is set | no `Accept-Version` | an empty text is the way to send none ([`ClientBuilder::accept_version`](crate::ClientBuilder::accept_version)) |
