//! A form that is filled is the text that the formatter would have made of the same tokens.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Hole, Place, literal, write, write_once};

/// A function that makes a form.
type Make<const N: usize> = fn([TokenStream; N]) -> TokenStream;

/// Fills a form twice, so that the second time it is known, and compares it with the formatter's text.
#[track_caller]
fn is_as_formatted<const N: usize>(place: Place, holes: [Hole<'_>; N], make: Make<N>) -> String {
    let code = holes.map(|hole| match hole {
        Hole::Code(code) => code.parse(),
        Hole::Text(text) | Hole::Literal(text) => text.parse::<TokenStream>(),
        Hole::List(elements) | Hole::Parameters(elements) => elements.join(",").parse(),
        Hole::Column(_) | Hole::Rows(..) => panic!("no formatter sees those"),
    });
    let mut wanted = String::new();
    write_once(&mut wanted, place, make(code.map(|code| code.expect("tokens")))).expect("Rust");
    for _ in 0..2 {
        let mut text = String::new();
        write(&mut text, place, holes, make).expect("Rust");
        assert_eq!(text, wanted);
    }
    wanted
}

/// Names of each length, and some that look like placeholders.
fn names(up_to: usize) -> impl Iterator<Item = String> {
    let odd = ["Q", "QQ", "QQQQQ", "X", "XXXXX", "ZZZZ", "JJJJ", "GGGGG", "__", "r#type", "gr\u{f6}\u{df}e"];
    (1..=up_to).map(|length| "a".repeat(length)).chain(odd.map(str::to_owned))
}

const TYPES: [&str; 6] = [
    "T",
    "Option<Q>",
    "impl Into<Patch<Vec<Name>>>",
    "Option<Vec<TypedMap<OneOrMany<QQQQQ>>>>",
    "&schemas::DeviceWithAnUnusuallyLongNameThatNobodyWouldEverGiveToAnythingAtAllInThisWorld",
    "Map<String, Template<AnotherUnusuallyLongNameThatNobodyWouldGive, AndASecondOneBehindItForGoodMeasure>>",
];

#[test]
fn a_function_breaks_where_the_formatter_would_break_it() {
    for name in names(95) {
        for ty in TYPES {
            let holes = [Hole::Text(&name), Hole::Text(ty), Hole::Text("Some(value.into())")];
            is_as_formatted(Place::Member, holes, |[name, ty, value]| {
                quote!(
                    #[must_use]
                    pub fn #name(mut self, value: #ty) -> Self {
                        self.#name = #value;
                        self
                    }

                    fn other() {}
                )
            });
        }
    }
}

#[test]
fn rows_of_every_place_break_where_the_formatter_would_break_them() {
    for name in names(90) {
        for other in names(90).step_by(7) {
            let wire = literal(&other);
            let pattern = format!("{wire} | {wire}");
            let (name, wire, pattern) = (Hole::Text(&name), Hole::Literal(&wire), Hole::Text(&pattern));
            let patch = Hole::Code("patch");
            is_as_formatted(Place::Field, [name], |[name]| quote!(pub #name: Option<Vec<#name>>,));
            is_as_formatted(Place::Variant, [name], |[name]| quote!(#name(Box<#name>),));
            is_as_formatted(
                Place::Arm,
                [wire, patch, name],
                |[wire, patch, name]| quote!(#wire => from.#patch(&mut self.#name),),
            );
            is_as_formatted(
                Place::Arm,
                [pattern, name],
                |[wire, name]| quote!(Some(#wire) => from.whole(Self::#name),),
            );
            is_as_formatted(Place::Arm, [name, wire], |[name, wire]| quote!(Self::#name => #wire,));
            is_as_formatted(Place::Statement, [wire, name], |[wire, name]| quote!(to.list(#wire, &self.#name);));
            is_as_formatted(
                Place::Statement,
                [name, wire],
                |[name, wire]| quote!(self.request.query(#wire, #name.into().as_str());),
            );
            is_as_formatted(
                Place::FreeStatement,
                [name, wire],
                |[name, wire]| quote!(let request = args.text(request, #wire, typed::#name::#name)?;),
            );
        }
    }
}

#[test]
fn lists_are_on_one_line_or_have_a_line_for_each_element() {
    for length in 0..40 {
        for count in 0..9 {
            let texts = vec![literal(&"x".repeat(length)); count];
            let calls = vec![format!("args.path({})?", literal(&"y".repeat(length))); count];
            let parameters: Vec<_> =
                (0..count).map(|at| format!("p{at}: impl Into<{}>", "t".repeat(length + 1))).collect();
            let (texts, calls) = (Hole::List(&texts), Hole::List(&calls));
            is_as_formatted(Place::Item, [texts], |[texts]| quote!(const TEXTS: &[&str] = &[#texts];));
            is_as_formatted(
                Place::Statement,
                [texts, calls],
                |[required, known]| quote!(from.form(Form::Object(&[#required], Some(&[#known])), Self::Name);),
            );
            is_as_formatted(
                Place::FreeStatement,
                [calls, texts],
                |[handle, args]| quote!(let request = client.handle(#handle).method(#args);),
            );
            is_as_formatted(
                Place::Member,
                [Hole::Parameters(&parameters), calls],
                |[parameters, args]| quote!(pub fn new(#parameters) -> Self { Self::made(&self.client, &[#args]) }),
            );
        }
    }
}

#[test]
fn literals_of_structs_break_sooner() {
    for name in names(60) {
        let (request, fields) = (vec!["request".to_owned()], vec![format!("{name}: {name}.into()"); 2]);
        is_as_formatted(Place::Statement, [Hole::Text(&name)], |[name]| quote!(#name { request }));
        is_as_formatted(
            Place::Statement,
            [Hole::Text(&name), Hole::List(&request)],
            |[name, values]| quote!(#name { #values }),
        );
        is_as_formatted(
            Place::Statement,
            [Hole::Text(&name), Hole::List(&fields)],
            |[name, values]| quote!(#name { client: self.request(&#name), #values }),
        );
    }
}

#[test]
fn literals_say_what_they_said() {
    for text in [
        "",
        "Q",
        "a b",
        "\"",
        "\\",
        "\u{1}",
        "\n\r\t\0",
        "\u{202e}",
        "gr\u{f6}\u{df}e \u{65e5}\u{672c}",
        "{}",
        "'",
        "*/ //",
    ] {
        let made = literal(text);
        assert_eq!(syn::parse_str::<syn::LitStr>(&made).expect("a literal").value(), text);
        let constant = is_as_formatted(Place::Item, [Hole::Literal(&made)], |[text]| quote!(const A: &str = #text;));
        assert_eq!(constant, format!("const A: &str = {made};\n"));
        let long = literal(&text.repeat(30));
        is_as_formatted(
            Place::Statement,
            [Hole::Literal(&long), Hole::Literal(&made)],
            |[long, made]| quote!(request.query(#long, #made.into());),
        );
    }
}

#[test]
fn rows_and_columns_come_as_they_are() {
    let make: Make<4> = |[name, ty, column, rows]| {
        quote!(
            impl #name {
                fn read(&self, from: #ty) -> Shape {
                    match self {
                        #rows
                        _ => Shape { required: &[#column] },
                    }
                }
            }
        )
    };
    let rows = "            \"HHHH\" => anything at all,\n            // ZZZZ\n";
    let column = [literal("ZZZZ"), literal("")];
    let filled = |name: &str, ty: &str, column: &[String], rows: &str| {
        let holes = [Hole::Text(name), Hole::Text(ty), Hole::Column(column), Hole::Rows(Place::Arm, rows)];
        let mut text = String::new();
        write(&mut text, Place::Item, holes, make).expect("Rust");
        text
    };
    for odd in ["JJJJ", "ZZZZ", "YYYY", "YYYYYYYY", "ZZZZZ", "QQQQQ"] {
        let plain = "b".repeat(odd.len());
        for wide in [1, 20, 40, 80] {
            let [ty, plain_ty] = [odd, &plain].map(|name| format!("Vec<{name}, Option<{}, {name}>>", "c".repeat(wide)));
            let text = filled(odd, &ty, &column, rows);
            assert!(text.contains(rows) && text.contains("&[\n"), "{text}");
            let wanted = filled(&plain, &plain_ty, &column, "            rows,\n");
            assert_eq!(text, wanted.replace(&plain, odd).replace("            rows,\n", rows));
        }
        let bare = filled(odd, odd, &[], "");
        assert!(bare.contains("required: &[]") && !bare.contains("=> anything"), "{bare}");
    }
}

#[test]
fn comments_stay_comments() {
    let lines = ["one  ", "", "two\nfn main() {}", " \u{2014} three"].map(str::to_owned);
    let wanted = "    /// one\n    ///\n    /// two\n    /// fn main() {}\n    ///  \u{2014} three\n";
    assert_eq!(Place::Field.comment(&lines), wanted);
    assert_eq!(Place::Item.comment(&[]), "");
}

#[test]
fn what_is_no_rust_is_refused() {
    let mut text = String::new();
    assert!(write(&mut text, Place::Item, [Hole::Text("a b")], |[name]| quote!(struct #name)).is_err());
    assert!(write_once(&mut text, Place::Arm, quote!(=> =>)).is_err());
    assert_eq!(text, "");
}
