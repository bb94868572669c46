//! How long the generator's stages take for the whole API, beside the least that the same bytes cost: the pages through
//! pulldown-cmark and `serde_json`, and the same tokens through syn and prettyplease.

use std::hint::black_box;
use std::path::Path;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use generator::plan::NamesLock;
use generator::source::Source;
use proc_macro2::TokenStream;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

fn benchmarks(criterion: &mut Criterion) {
    let pages = tests::page::spec();
    let bytes: usize = pages.iter().map(|page| page.text.len()).sum();
    let mut group = criterion.benchmark_group("regenerate");
    group.sample_size(20).throughput(Throughput::Bytes(bytes as u64));

    let mut read = generator::read(pages.clone());
    group.bench_function("read", |bencher| {
        bencher.iter_batched(|| pages.clone(), generator::read, BatchSize::LargeInput);
    });
    let built = generator::build_types(&mut read);
    group.bench_function("types", |bencher| {
        bencher.iter_batched_ref(|| read.clone(), generator::build_types, BatchSize::LargeInput);
    });
    let published = NamesLock::default();
    let plan = generator::build_plan(&mut read, &built, &published);
    group.bench_function("plan", |bencher| {
        bencher.iter_batched_ref(
            || read.clone(),
            |read| generator::build_plan(read, &built, &published),
            BatchSize::LargeInput,
        );
    });
    let files = generator::emit::files(&plan).expect("the generator writes Rust");
    group.bench_function("emit", |bencher| bencher.iter(|| generator::emit::files(black_box(&plan))));
    group.bench_function("whole", |bencher| {
        bencher.iter_batched(
            || pages.clone(),
            |pages| generator::generate(&mut generator::read(pages)),
            BatchSize::LargeInput,
        );
    });

    group.bench_function("floor/pages", |bencher| bencher.iter(|| pages.iter().map(page_floor).sum::<usize>()));
    let code = files.iter().filter(|(path, _)| Path::new(path).extension().is_some_and(|extension| extension == "rs"));
    let tokens: Vec<TokenStream> =
        code.map(|(_, text)| text.parse().expect("generated text is made of tokens")).collect();
    group.bench_function("floor/code", |bencher| {
        bencher.iter(|| tokens.iter().map(|tokens| code_floor(tokens).len()).sum::<usize>());
    });
    group.finish();
}

/// Every event of a page, and every JSON text on it as a value.
fn page_floor(page: &Source) -> usize {
    let mut json = None;
    let mut events = 0;
    for event in Parser::new_ext(&page.text, Options::ENABLE_TABLES) {
        events += 1;
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if &*language == "json" => {
                json = Some(String::new());
            }
            Event::Text(text) => {
                if let Some(json) = &mut json {
                    json.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some(text) = json.take() {
                    black_box(serde_json::from_str::<serde_json::Value>(&text).ok());
                }
            }
            _ => {}
        }
    }
    events
}

fn code_floor(tokens: &TokenStream) -> String {
    let file: syn::File = syn::parse2(tokens.clone()).expect("generated text is Rust");
    prettyplease::unparse(&file)
}

criterion_group!(benches, benchmarks);
criterion_main!(benches);
